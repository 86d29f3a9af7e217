-- Finds the tests whose time is over though nobody has submitted them.
create index zone_test_session_open on zone_test_session (start_time) where status = 'open';
