--liquibase formatted sql

--changeset shop:1
create table purchase (id varchar(36) primary key, buyer varchar(100) not null, letter varchar(1000));
