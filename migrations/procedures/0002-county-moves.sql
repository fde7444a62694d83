-- A household that goes to another county takes its cases and consents along, one table after the other.
alter table case_entry alter constraint case_entry_county_case_id_fkey deferrable initially immediate;
alter table authorisation alter constraint authorisation_county_household_id_fkey deferrable initially immediate;
