-- How long passing on takes is asked of what was heard lately, whatever order it belongs to.
create index relay_heard on relay (heard_at);
