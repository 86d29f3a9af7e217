create table note (task varchar(40) not null);
