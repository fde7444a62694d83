-- A household that goes to another county takes its corrections along, one table after the other.
alter table correction alter constraint correction_county_household_id_fkey deferrable initially immediate;
alter table correction_step alter constraint correction_step_county_correction_id_fkey deferrable initially immediate;
