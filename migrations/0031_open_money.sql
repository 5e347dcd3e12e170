-- What a receipt still holds stands in its own row: counts and lists of what waits must not sum over all that ever came in.
alter table receipt
    -- What no order holds and was not given back or kept (`receipt_free`), and what waits to be settled or retained.
    add column unclaimed numeric(18, 4) not null default 0,
    add column unsettled numeric(18, 4) not null default 0;
update receipt set unclaimed = receipt_free(id), unsettled = receipt_to_settle(id);
create index receipt_unclaimed on receipt (received_on desc, number desc) where unclaimed > 0;
create index receipt_unsettled on receipt (received_on desc, number desc) where unsettled > 0;

create function receipt_begins() returns trigger language plpgsql as $$
begin
    update receipt r set unclaimed = receipt_free(r.id), unsettled = receipt_to_settle(r.id) where r.id = new.id;
    return null;
end $$;
create trigger receipt_begins after insert or update of amount, currency on receipt
    for each row execute function receipt_begins();

-- By its name after `receipt_allocation_fits` and `settlement_fits`, which hold the receipt and refuse what it has not.
create function stands_anew() returns trigger language plpgsql as $$
begin
    update receipt r set unclaimed = receipt_free(r.id), unsettled = receipt_to_settle(r.id) where r.id = new.receipt;
    return null;
end $$;
create trigger stands_anew after insert on receipt_allocation for each row execute function stands_anew();
create trigger stands_anew after insert on settlement for each row execute function stands_anew();

-- Payables that wait, by what they wait for.
create index payable_waiting on payable (stage, due_on, number) where stage in ('draft', 'asked', 'returned', 'approved');

-- Orders with something open at the last step: what the queues of papers, verification and rebate are counted by.
create index open_item_settlement on open_item (order_id) where step = 9;
