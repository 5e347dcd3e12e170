-- What an order consists of: the company's own payment terms.

create table payment_term (
    id uuid primary key,
    -- Stands in addresses, and what customers carry.
    code text not null constraint payment_term_code_key unique,
    name_zh text not null,
    name_en text not null,
    -- The instalments written out, or the code of usual ones; what an order takes over when the card is chosen.
    terms text not null constraint payment_term_terms_key unique,
    search text not null,
    -- Where it stands in a choice; the most used first.
    place smallint not null default 100,
    archived_at timestamptz,
    version int not null default 1
);
create index payment_term_name on payment_term ((lower(name_en)), id);
select grant_app('select, insert, update', 'payment_term');

insert into payment_term (id, code, name_zh, name_en, terms, search, place)
select gen_random_uuid(), u.code, u.zh, u.en, u.code, ' ' || lower(u.code || ' ' || u.zh || ' ' || u.en || ' ' || u.spelled) || ' ', u.place
from (values
    ('TT_30_70_COPY', 'T/T 30% 定金 + 70% 见提单副本', 'T/T 30% deposit + 70% against copy of B/L', 'dingjin dj jian tidan fuben jtdfb', 1),
    ('TT_100_ADV', '前 T/T 100%', 'T/T 100% in advance', 'qian q', 2),
    ('TT_50_50_BEFORE', 'T/T 50% 定金 + 50% 出运前', 'T/T 50% deposit + 50% before shipment', 'dingjin dj chuyunqian cyq', 3),
    ('LC_SIGHT', '即期信用证', 'L/C at sight', 'jiqi xinyongzheng jqxyz xyz', 4),
    ('LC_USANCE_30', '30 天远期信用证', 'L/C 30 days', 'yuanqi xinyongzheng tyqxyz yqxyz xyz', 5),
    ('LC_USANCE_60', '60 天远期信用证', 'L/C 60 days', 'yuanqi xinyongzheng tyqxyz yqxyz xyz', 6),
    ('LC_USANCE_90', '90 天远期信用证', 'L/C 90 days', 'yuanqi xinyongzheng tyqxyz yqxyz xyz', 7),
    ('TT_30_LC_70', 'T/T 30% 定金 + 70% 即期信用证', 'T/T 30% deposit + 70% L/C at sight', 'dingjin dj jiqi xinyongzheng jqxyz xyz', 8),
    ('DP_SIGHT', '即期付款交单 D/P', 'D/P at sight', 'jiqi fukuan jiaodan jqfkjd fkjd', 9),
    ('DA_60', '60 天承兑交单 D/A', 'D/A 60 days', 'chengdui jiaodan tcdjd cdjd', 10),
    ('OA_30', '赊销 30 天 O/A', 'O/A 30 days', 'shexiao sx', 11),
    ('OA_60', '赊销 60 天 O/A', 'O/A 60 days', 'shexiao sx', 12)
) as u (code, zh, en, spelled, place);

-- Adjustment lines 加减项 of a revision, signed, counted into its total: [{"kind", "label_zh", "label_en", "amount"}].
alter table proforma_invoice add column adjustments jsonb not null default '[]';

-- Goods of an order in a shipment at the prices of the confirmed proforma invoice, with their share of its discount and
-- adjustment lines: what the whole total is to the whole of the goods.
create or replace function order_shipped_value(of_order uuid, of_shipment uuid) returns numeric language sql stable as $$
    select round(coalesce(sum(s.quantity * (l.value ->> 'unit_price')::numeric) * max(p.total)
            / nullif(max((p.content ->> 'goods_total')::numeric), 0), 0),
        minor_units((select o.currency::text from export_order o where o.id = of_order)))
    from proforma_invoice p
    cross join lateral jsonb_array_elements(p.content -> 'lines') l
    join shipment_line s on s.order_line = (l.value ->> 'line')::uuid and s.shipment = of_shipment
    where p.order_id = of_order and p.stage = 'confirmed'
$$;

-- The same without what the customer pays for freight and insurance: the value customs is told.
create function order_customs_value(of_order uuid, of_shipment uuid) returns numeric language sql stable as $$
    select round(coalesce(sum(s.quantity * (l.value ->> 'unit_price')::numeric) * (max(p.total)
            - coalesce((select sum((a ->> 'amount')::numeric) from proforma_invoice q
                cross join lateral jsonb_array_elements(q.content #> '{wording,adjustments}') a
                where q.order_id = of_order and q.stage = 'confirmed' and a ->> 'kind' in ('freight', 'insurance')), 0))
            / nullif(max((p.content ->> 'goods_total')::numeric), 0), 0),
        minor_units((select o.currency::text from export_order o where o.id = of_order)))
    from proforma_invoice p
    cross join lateral jsonb_array_elements(p.content -> 'lines') l
    join shipment_line s on s.order_line = (l.value ->> 'line')::uuid and s.shipment = of_shipment
    where p.order_id = of_order and p.stage = 'confirmed'
$$;

-- What was short-closed of an order, at the same prices and with the same share.
create or replace function order_given_up(of_order uuid) returns numeric language sql stable as $$
    select round(coalesce(sum(g.short_closed * (l.value ->> 'unit_price')::numeric) * max(p.total)
            / nullif(max((p.content ->> 'goods_total')::numeric), 0), 0),
        minor_units((select o.currency::text from export_order o where o.id = of_order)))
    from proforma_invoice p
    cross join lateral jsonb_array_elements(p.content -> 'lines') l
    join order_line g on g.id = (l.value ->> 'line')::uuid
    where p.order_id = of_order and p.stage = 'confirmed'
$$;

-- What an order is worth: the total that the customer confirmed; before that the sum of its lines, each rounded once.
create or replace function order_amount(of_order uuid, in_currency text) returns numeric language sql stable as $$
    select coalesce(
        (select p.total from proforma_invoice p where p.order_id = of_order and p.stage = 'confirmed'
            and p.currency::text = in_currency),
        (select case when count(*) = count(l.unit_price)
            then sum(round(l.quantity * l.unit_price, minor_units(in_currency))) end
        from order_line l where l.order_id = of_order))
$$;

-- An image among the stored files that belong to no order.
alter table product add column picture uuid references stored_file on delete restrict;
-- The orders a product was last in.
create index order_line_item on order_line ((lower(item_no))) where item_no <> '';

-- What of a confirmed order's line was carried over into an order of its own; the line owes that much less, which
-- `short_closed` says together with what the customer gave up.
create table order_split (
    from_line uuid not null references order_line (id) on delete restrict,
    to_line uuid not null constraint order_split_to_key unique,
    quantity numeric(18, 4) not null check (quantity > 0)
);
create index order_split_from on order_split (from_line);
select grant_app('select, insert', 'order_split');

-- What of an order the customer owes us on trust: open account, collections and what falls due after the goods, as far
-- as it has not come in.
create function order_on_trust(of_order uuid) returns numeric language sql stable as $$
    select greatest(0, least(order_owed(p.order_id) - order_money_in(p.order_id), order_owed(p.order_id)
        * coalesce((select sum((s ->> 'share')::numeric) from jsonb_array_elements(p.content -> 'schedule') s
            where s ->> 'part' in ('open_account', 'collection') or s ->> 'trigger' = 'maturity' and s ->> 'part' <> 'lc'), 0)))
    from proforma_invoice p where p.order_id = of_order and p.stage = 'confirmed'
$$;

-- An amount in another currency by the newest rates on file; nothing where one is missing.
create function in_currency(amount numeric, from_currency text, to_currency text) returns numeric language sql stable as $$
    select case when from_currency = to_currency then amount else amount
        * case from_currency when 'CNY' then 1 else
            (select r.rate from exchange_rate r where r.currency::text = from_currency order by r.day desc limit 1) end
        / case to_currency when 'CNY' then 1 else
            (select r.rate from exchange_rate r where r.currency::text = to_currency order by r.day desc limit 1) end end
$$;

-- Who may read a line's remark; those written before this were handed to the factory.
alter table order_line add column remark_for text not null default 'internal'
    check (remark_for in ('internal', 'factory', 'customer', 'forwarder'));
update order_line set remark_for = 'factory' where remark <> '';
