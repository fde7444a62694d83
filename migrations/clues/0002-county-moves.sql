-- A household that goes to another county takes its clues and their reports along, one table after the other.
alter table clue_report alter constraint clue_report_county_clue_id_fkey deferrable initially immediate;
