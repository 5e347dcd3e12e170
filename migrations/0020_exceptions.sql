-- Asking for an exception 申请放行: a gate that only a manager may open is asked for through the inbox of approvals.

-- What the asker says; when and by whom a granted exception was used by the act it was asked for; when the asker has
-- read the answer.
alter table approval
    add column asked_words text not null default '',
    add column used_at timestamptz,
    add column used_by uuid references person on delete restrict,
    add column noted_at timestamptz;

-- A granted exception that is taken back, or falls with its order, keeps who gave it.
alter table approval drop constraint approval_check;
alter table approval add constraint approval_decided_by_somebody
    check (decided_by is not null or state not in ('approved', 'returned'));
alter table approval add constraint approval_used check (used_at is null or (state = 'approved' and used_by is not null));

-- A yes that was used up does not stand in the way of asking the same again.
drop index approval_one_answer;
create unique index approval_one_answer on approval (subject, subject_id, content_hash, level)
    where state in ('open', 'approved') and used_at is null;
create index approval_subject on approval (subject, subject_id);

-- What a shipment carries at which price, and what stands behind each of its orders: confirmed terms and money in.
create function exception_shipment(of_shipment uuid) returns text language sql stable as $$
    select concat_ws('|', h.mode,
        (select string_agg(concat(l.order_line, ':', trim_scale(l.quantity), '@', trim_scale(shipping_price(l.order_line))),
            ',' order by l.order_line) from shipment_line l where l.shipment = h.id),
        (select string_agg(concat(o.number, ':', encode(i.content_hash, 'hex'), ':', trim_scale(order_money_in(o.id)),
            ':', trim_scale(order_given_up(o.id))), ',' order by o.number)
            from export_order o left join proforma_invoice i on i.order_id = o.id and i.stage = 'confirmed'
            where o.id in (select k.order_id from shipment_line l join order_line k on k.id = l.order_line
                where l.shipment = h.id)))
    from shipment h where h.id = of_shipment
$$;

-- The facts an exception is bound to, as one text: when it changes, what was asked or granted does not hold any more. One
-- definition, read by the act, by the pages and by the open items.
create function exception_standing(of_subject text, of_id uuid) returns text language sql stable as $$
    select case of_subject
        -- The draft as it stands, what is confirmed, the money in, the credits behind it.
        when 'exception_production_gate' then (
            select concat_ws('|', p.version, i.id, encode(i.content_hash, 'hex'), trim_scale(order_money_in(p.order_id)),
                (select string_agg(c.number || c.stage, ',' order by c.number) from letter_of_credit_order l
                    join letter_of_credit c on c.id = l.letter_of_credit where l.order_id = p.order_id))
            from production_order p
            left join proforma_invoice i on i.order_id = p.order_id and i.stage = 'confirmed' where p.id = of_id)
        when 'exception_stale_paper' then (
            select concat_ws('|', i.stale_by, extract(epoch from i.stale_since), i.superseded_at is null) from issued_paper i where i.id = of_id)
        when 'exception_inspection' then (
            select concat_ws('|', r.stage, r.version) from inspection_report r where r.id = of_id)
        -- The goods and their value, the money in of every order they belong to; for the release the document itself.
        when 'exception_early_gate_in' then exception_shipment(of_id)
        when 'exception_early_release' then (
            select concat_ws('|', exception_shipment(of_id), t.number, t.form, t.issued_on)
            from transport_document t where t.shipment = of_id)
        when 'exception_late_presenting' then (
            select concat_ws('|', s.version, s.last_day_set, h.on_board_on, c.number, c.stage)
            from presentation s join shipment h on h.id = s.shipment
            left join letter_of_credit c on c.id = s.letter_of_credit where s.id = of_id)
    end
$$;

-- The hash under which approvals keep it.
create function exception_hash(of_subject text, of_id uuid) returns bytea language sql stable as $$
    select sha256(convert_to(coalesce(exception_standing(of_subject, of_id), ''), 'UTF8'))
$$;

-- An opinion 加签意见: who must decide asks a colleague; the decision stays where it is.
create table approval_opinion (
    id uuid primary key,
    approval uuid not null references approval on delete restrict,
    asked_by uuid not null references person on delete restrict,
    asked_of uuid not null references person on delete restrict,
    question text not null,
    asked_at timestamptz not null,
    words text not null default '',
    answered_at timestamptz,
    constraint approval_opinion_of_another check (asked_by <> asked_of),
    constraint approval_opinion_answered check ((answered_at is null) = (words = ''))
);
create index approval_opinion_approval on approval_opinion (approval);
create unique index approval_opinion_one_open on approval_opinion (approval, asked_of) where answered_at is null;
select grant_app('select, insert, update', 'approval_opinion');
