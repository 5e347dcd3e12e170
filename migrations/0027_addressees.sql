-- Each factory and each forwarder of an order receives, acknowledges and answers for itself.
alter table relay_receipt drop constraint relay_receipt_pkey;
alter table relay_receipt
    add constraint relay_receipt_addressee unique nulls not distinct (relay, line, to_side, party);

-- Where one factory makes every line, what was owed to the factory was owed to it.
update relay_receipt t set party = m.factory
from relay r, lateral (
    select (array_agg(l.factory))[1] as factory from order_line l
    where l.order_id = r.order_id and l.factory is not null having count(distinct l.factory) = 1
) m
where r.id = t.relay and t.to_side = 'factory' and t.party is null;

-- What an addressee is called in the house: a factory or a forwarder by its own name in both languages, a side by
-- none.
create function party_name(party uuid) returns text
language sql stable as $$
    select coalesce(
        (select case when f.name_en = '' then f.name_zh else f.name_zh || chr(31) || f.name_en end
            from factory f where f.id = party),
        (select case when w.name_en = '' then w.name_zh else w.name_zh || chr(31) || w.name_en end
            from forwarder w where w.id = party),
        '')
$$;
