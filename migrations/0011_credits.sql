-- Credits: letters of credit 信用证 over one or more orders, and the presentation 交单 of documents for a shipment.

-- Our running numbers: LC-2026-001.
create table credit_counter (
    year int primary key,
    last int not null
);
select grant_app('select, insert, update', 'credit_counter');

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
    version int not null default 1,
    created_at timestamptz,
    -- When it came to the stage it stands at.
    since timestamptz,
    -- When the customer wants to have it opened.
    expected_on date,
    received_on date,
    -- The fields of MT700 as they stand on the paper, by tag; the columns below are read from them.
    terms jsonb not null default '{}',
    bank_number text not null default '',
    issuing_bank text not null default '',
    plus_percent numeric(5, 2) not null default 0,
    minus_percent numeric(5, 2) not null default 0,
    expiry_on date,
    expiry_place text not null default '',
    latest_shipment_on date,
    -- Days after shipment to present in; nothing said is 21.
    period_days int,
    -- Who declared it workable, and why it was cancelled or not amended.
    workable_by uuid references person on delete restrict,
    reason text not null default ''
);
create index letter_of_credit_open on letter_of_credit (number desc);
select grant_app('select, insert, update', 'letter_of_credit');

create table letter_of_credit_order (
    letter_of_credit uuid not null references letter_of_credit on delete restrict,
    order_id uuid not null references export_order on delete restrict,
    constraint letter_of_credit_order_key primary key (letter_of_credit, order_id)
);
create index letter_of_credit_order_order on letter_of_credit_order (order_id);
select grant_app('select, insert, delete', 'letter_of_credit_order');

-- What the examination 审证 found, by field.
create table credit_finding (
    id uuid primary key,
    letter_of_credit uuid not null references letter_of_credit on delete restrict,
    sequence int not null constraint credit_finding_sequence check (sequence > 0),
    tag text not null,
    -- Found by the comparison of the house, which may withdraw it again.
    compared boolean not null,
    theirs text not null,
    ours text not null,
    -- What the customer is asked to have amended; in English.
    ask text not null,
    severity text not null constraint credit_finding_severity check (severity in ('discrepancy', 'advisory')),
    state text not null default 'open' constraint credit_finding_state check (state in ('open', 'asked', 'settled', 'waived')),
    recorded_by uuid references person on delete restrict,
    recorded_at timestamptz not null,
    settled_by uuid references person on delete restrict,
    settled_at timestamptz,
    words text not null default '',
    constraint credit_finding_key unique (letter_of_credit, sequence),
    constraint credit_finding_waived_by_name check (state <> 'waived' or (settled_by is not null and words <> ''))
);
select grant_app('select, insert, update', 'credit_finding');

create table credit_amendment (
    id uuid primary key,
    letter_of_credit uuid not null references letter_of_credit on delete restrict,
    sequence int not null constraint credit_amendment_sequence check (sequence > 0),
    stage text not null constraint credit_amendment_stage check (stage in ('received', 'accepted', 'refused')),
    received_on date not null,
    -- The fields of MT707 by tag.
    fields jsonb not null,
    -- What it changes in the credit, field by field, as it stood when it was received.
    changes jsonb not null,
    received_by uuid not null references person on delete restrict,
    received_at timestamptz not null,
    answered_by uuid references person on delete restrict,
    answered_at timestamptz,
    words text not null default '',
    version int not null default 1,
    constraint credit_amendment_key unique (letter_of_credit, sequence)
);
create unique index credit_amendment_one_open on credit_amendment (letter_of_credit) where stage = 'received';
select grant_app('select, insert, update', 'credit_amendment');

create table credit_drawing (
    id uuid primary key,
    letter_of_credit uuid not null references letter_of_credit on delete restrict,
    shipment uuid not null references shipment on delete restrict,
    amount numeric(18, 4) not null constraint credit_drawing_amount check (amount > 0),
    drawn_on date not null,
    recorded_by uuid not null references person on delete restrict,
    recorded_at timestamptz not null
);
create index credit_drawing_credit on credit_drawing (letter_of_credit);
select grant_app('select, insert', 'credit_drawing');

create table presentation (
    id uuid primary key,
    shipment uuid not null references shipment on delete restrict,
    -- Nothing for documents against payment or acceptance: those go to the remitting bank without a credit.
    letter_of_credit uuid references letter_of_credit on delete restrict,
    stage text not null constraint presentation_stage check (stage in
        ('preparing', 'set_complete', 'presented', 'discrepancy_noticed', 'waiver_asked', 'corrected', 'honoured', 'accepted', 'refused', 'paid')),
    version int not null default 1,
    -- Of one shipment: a refused one is followed by the next.
    sequence int not null default 1 constraint presentation_sequence check (sequence > 0),
    -- credit, against_payment, against_acceptance
    way text not null default 'credit' constraint presentation_way check (way in ('credit', 'against_payment', 'against_acceptance')),
    -- To the bank: how discrepancies and protest are handled.
    instruction text not null default '',
    bank text not null default '',
    created_by uuid references person on delete restrict,
    created_at timestamptz,
    since timestamptz,
    -- Set by hand where field 48 counts from another day than shipment.
    last_day_set date,
    presented_on date,
    -- The last day as it was computed when the set was presented.
    last_day_on date,
    late_reason text not null default '',
    late_by uuid references person on delete restrict,
    -- Maturity of an acceptance.
    due_on date
);
create index presentation_shipment on presentation (shipment);
create index presentation_credit on presentation (letter_of_credit);
select grant_app('select, insert, update', 'presentation');

-- The documents of the set 单据, each asked so many times and there so many times.
create table presentation_paper (
    presentation uuid not null references presentation on delete restrict,
    pos int not null constraint presentation_paper_pos check (pos > 0),
    name text not null,
    wording text not null default '',
    maker text not null default 'us' constraint presentation_paper_maker check (maker in ('us', 'factory', 'forwarder', 'other')),
    originals int not null default 0 constraint presentation_paper_originals check (originals between 0 and 99),
    copies int not null default 0 constraint presentation_paper_copies check (copies between 0 and 99),
    originals_present int not null default 0 constraint presentation_paper_originals_present check (originals_present between 0 and 99),
    copies_present int not null default 0 constraint presentation_paper_copies_present check (copies_present between 0 and 99),
    examined boolean not null default false,
    constraint presentation_paper_key primary key (presentation, pos)
);
select grant_app('select, insert, update, delete', 'presentation_paper');

-- What the bank said and what was answered, in its order.
create table presentation_answer (
    id uuid primary key,
    presentation uuid not null references presentation on delete restrict,
    act text not null,
    on_day date not null,
    words text not null,
    recorded_by uuid not null references person on delete restrict,
    recorded_at timestamptz not null
);
create index presentation_answer_presentation on presentation_answer (presentation, recorded_at);
select grant_app('select, insert', 'presentation_answer');

create unique index presentation_shipment_sequence on presentation (shipment, sequence);
