-- What a side said about an issue carries the day it was said; the moment beside it is when somebody wrote it down.
alter table issue_message add column said_on date;
