-- A household that goes to another county takes its plan and measures along, one table after the other.
alter table measure alter constraint measure_county_plan_id_fkey deferrable initially immediate;
