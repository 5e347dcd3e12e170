-- Credits: letters of credit 信用证 over one or more orders, and the presentation 交单 of documents for a shipment.

create table letter_of_credit (
    id uuid primary key,
    -- Ours; the bank's own number stands on the credit.
    number text not null constraint letter_of_credit_number_key unique,
    customer uuid not null references customer on delete restrict,
    department uuid not null references department on delete restrict,
    stage text not null constraint letter_of_credit_stage check (stage in
        ('expected', 'received', 'examined', 'amendment_asked', 'amended', 'refused', 'workable', 'drawn', 'exhausted', 'expired', 'cancelled')),
    currency char(3) not null,
    amount numeric(18, 4) not null default 0,
    version int not null default 1
);
select grant_app('select, insert, update', 'letter_of_credit');

create table letter_of_credit_order (
    letter_of_credit uuid not null references letter_of_credit on delete restrict,
    order_id uuid not null references export_order on delete restrict,
    constraint letter_of_credit_order_key primary key (letter_of_credit, order_id)
);
create index letter_of_credit_order_order on letter_of_credit_order (order_id);
select grant_app('select, insert, delete', 'letter_of_credit_order');

create table presentation (
    id uuid primary key,
    shipment uuid not null references shipment on delete restrict,
    -- Nothing for documents against payment or acceptance: those go to the remitting bank without a credit.
    letter_of_credit uuid references letter_of_credit on delete restrict,
    stage text not null constraint presentation_stage check (stage in
        ('preparing', 'set_complete', 'presented', 'discrepancy_noticed', 'waiver_asked', 'corrected', 'honoured', 'accepted', 'refused', 'paid')),
    version int not null default 1
);
create index presentation_shipment on presentation (shipment);
select grant_app('select, insert, update', 'presentation');
