-- Money in the open: what was settled goes back to the customer of a cancelled order, and what still waits is counted
-- along indexes.

-- Of what went back, what had been settled or retained by then: it was bought for yuan, or taken from money kept in its
-- currency, and left on a slip of its own. The settlement stands, for the bank did settle.
alter table receipt_allocation
    add column repaid numeric(18, 4) not null default 0,
    -- What it was bought for; none where it was taken from money kept in its currency.
    add column repaid_cny numeric(18, 2),
    add column repaid_on date,
    add column repaid_reference text not null default '',
    add column repaid_slip uuid references stored_file on delete restrict,
    add constraint receipt_allocation_repaid check (case when repaid = 0
        then repaid_cny is null and repaid_on is null and repaid_reference = '' and repaid_slip is null
        else outcome is not distinct from 'refunded' and repaid > 0 and repaid <= -amount and coalesce(repaid_cny, 1) > 0
            and repaid_on is not null and repaid_reference <> '' and repaid_slip is not null end);

-- Of a receipt: what is neither settled nor retained nor gone back of its own. Our own currency is never settled.
create or replace function receipt_to_settle(of_receipt uuid) returns numeric language plpgsql stable as $$
#variable_conflict use_column
begin
    return (select case when r.currency = 'CNY' then 0 else r.amount
        - coalesce((select sum(s.amount) from settlement s where s.receipt = r.id), 0)
        + coalesce((select sum(a.amount + a.repaid) from receipt_allocation a
            where a.receipt = r.id and a.outcome in ('refunded', 'returned_by_bank')), 0) end
    from receipt r where r.id = of_receipt);
end
$$;

-- As before; and what goes back is the receipt's own, unless it was repaid, for which nothing of its own may be left.
create or replace function receipt_allocation_fits() returns trigger language plpgsql as $$
declare
    undone receipt_allocation%rowtype;
    currency_of_receipt text;
begin
    select r.currency::text into currency_of_receipt from receipt r where r.id = new.receipt for update;
    if receipt_free(new.receipt) < 0 then
        raise exception 'receipt % has not that much money', new.receipt
            using errcode = '23514', constraint = 'receipt_allocation_within_receipt';
    end if;
    if not exists (select from export_order o where o.id = new.order_id and o.currency::text = currency_of_receipt) then
        raise exception 'order % is in another currency', new.order_id
            using errcode = '23514', constraint = 'receipt_allocation_currency';
    end if;
    if new.undoes is not null then
        select * into strict undone from receipt_allocation a where a.id = new.undoes;
        if undone.undoes is not null or undone.receipt <> new.receipt or undone.order_id <> new.order_id
            or undone.amount + new.amount <> 0 then
            raise exception 'allocation % is undone by a row of its own', new.undoes
                using errcode = '23514', constraint = 'receipt_allocation_pair';
        end if;
    end if;
    if new.outcome in ('refunded', 'returned_by_bank') and receipt_to_settle(new.receipt) < 0
        or new.repaid > 0 and receipt_to_settle(new.receipt) <> 0 then
        raise exception 'receipt % has not that much left unsettled', new.receipt
            using errcode = '23514', constraint = 'receipt_allocation_unsettled';
    end if;
    return null;
end $$;

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
