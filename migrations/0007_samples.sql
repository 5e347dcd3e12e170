-- Samples: the note that asks the factory, the parcel that brings the sample to the customer, what the customer said.

create table sample_note (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    -- One number for each factory and style group of the order; its rounds are counted from one.
    sample int not null constraint sample_note_sample check (sample > 0),
    round int not null constraint sample_note_round check (round > 0),
    stage text not null constraint sample_note_stage check (stage in
        ('draft', 'submitted', 'returned', 'signed', 'sent', 'acknowledged', 'received', 'superseded', 'void')),
    kind text not null constraint sample_note_kind check (kind in
        ('reference', 'development', 'size_set', 'counter', 'pre_production', 'top_of_production', 'shipping', 'retained')),
    factory uuid references factory on delete restrict,
    styles text not null default '',
    description text not null default '',
    material text not null default '',
    size_chart text not null default '',
    colour text not null default '',
    accessories text not null default '',
    artwork text not null default '',
    packing text not null default '',
    for_customer int not null constraint sample_note_for_customer check (for_customer between 0 and 10000),
    -- At least one stays in the house.
    for_file int not null constraint sample_note_for_file check (for_file between 1 and 10000),
    for_factory int not null constraint sample_note_for_factory check (for_factory between 0 and 10000),
    fee numeric(12, 2) constraint sample_note_fee check (fee >= 0),
    fee_payer text not null constraint sample_note_fee_payer check (fee_payer in ('none', 'us', 'customer', 'factory')),
    required_on date,
    details text not null default '',
    -- The factory reads the customer's name only where this is switched on.
    names_customer boolean not null default false,
    created_by uuid not null references person on delete restrict,
    created_at timestamptz not null,
    edited_by uuid[] not null default '{}',
    -- Frozen at submission: everything the note prints, and its hash.
    content jsonb,
    content_hash bytea,
    submitted_by uuid references person on delete restrict,
    submitted_at timestamptz,
    returned_words text not null default '',
    signed_at timestamptz,
    signed_by uuid references person on delete restrict,
    sent_at timestamptz,
    sent_to text not null default '',
    sent_channel text not null default '',
    acknowledged_at timestamptz,
    acknowledged_on date,
    acknowledged_by text not null default '',
    acknowledged_channel text not null default '',
    acknowledgement uuid references stored_file on delete restrict,
    version int not null default 1,
    constraint sample_note_round_key unique (order_id, sample, round),
    constraint sample_note_frozen check (stage in ('draft', 'returned', 'void') or content_hash is not null),
    constraint sample_note_was_sent check (stage not in ('sent', 'acknowledged', 'received') or sent_at is not null),
    constraint sample_note_was_acknowledged check (stage not in ('acknowledged', 'received') or acknowledged_on is not null)
);
-- One round of a sample is alive at a time.
create unique index sample_note_one_round on sample_note (order_id, sample) where stage not in ('superseded', 'void');
select grant_app('select, insert, update', 'sample_note');

-- Artwork, size charts, pictures: what a round shows the factory beside its words. Frozen with the round.
create table sample_file (
    note uuid not null references sample_note on delete restrict,
    file uuid not null references stored_file on delete restrict,
    constraint sample_file_key primary key (note, file)
);
select grant_app('select, insert, delete', 'sample_file');

-- The sample in hand.
create table sample_receipt (
    note uuid primary key references sample_note on delete restrict,
    received_on date not null,
    quantity int not null constraint sample_receipt_quantity check (quantity between 1 and 10000),
    words text not null default '',
    at timestamptz not null,
    person uuid not null references person on delete restrict
);
select grant_app('select, insert', 'sample_receipt');

create table parcel (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    number int not null constraint parcel_number check (number > 0),
    stage text not null constraint parcel_stage check (stage in
        ('packed', 'dispatched', 'number_passed_on', 'delivered', 'lost', 'returned')),
    kind text not null constraint parcel_kind check (kind in ('samples', 'documents', 'originals')),
    recipient text not null,
    contents text not null,
    cost_payer text not null constraint parcel_cost_payer check (cost_payer in ('us', 'customer', 'factory')),
    -- The recipient's account number where the freight is collected.
    freight_account text not null default '',
    packed_by uuid not null references person on delete restrict,
    packed_at timestamptz not null,
    courier text not null default '' constraint parcel_courier check (courier in
        ('', 'DHL', 'FEDEX', 'UPS', 'SF', 'EMS', 'OTHER')),
    waybill text not null default '',
    dispatched_on date,
    dispatched_at timestamptz,
    passed_at timestamptz,
    passed_to text not null default '',
    passed_channel text not null default '',
    -- Delivered, lost or come back: on which day, and who signed or what was said.
    ended_on date,
    ended_words text not null default '',
    version int not null default 1,
    constraint parcel_number_key unique (order_id, number),
    constraint parcel_has_left check (stage = 'packed' or (courier <> '' and waybill <> '' and dispatched_on is not null)),
    constraint parcel_was_passed_on check (stage in ('packed', 'dispatched') or (passed_at is not null and passed_to <> '')),
    constraint parcel_has_ended check ((stage in ('delivered', 'lost', 'returned')) = (ended_on is not null))
);
select grant_app('select, insert, update', 'parcel');

create table parcel_sample (
    parcel uuid not null references parcel on delete restrict,
    note uuid not null references sample_note on delete restrict,
    constraint parcel_sample_key primary key (parcel, note)
);
create index parcel_sample_note on parcel_sample (note);
select grant_app('select, insert, delete', 'parcel_sample');

-- What the customer said of one point of one round; never changed, the next round is judged anew.
create table sample_verdict (
    note uuid not null references sample_note on delete restrict,
    point text not null constraint sample_verdict_point check (point in
        ('overall', 'material', 'size', 'colour', 'workmanship', 'accessories', 'artwork', 'packing')),
    verdict text not null constraint sample_verdict_verdict check (verdict in ('approved', 'approved_with_comments', 'rejected')),
    words text not null default '',
    given_by text not null,
    channel text not null,
    given_on date not null,
    evidence uuid references stored_file on delete restrict,
    -- When a comment became a requirement of the order.
    carried_at timestamptz,
    at timestamptz not null,
    person uuid not null references person on delete restrict,
    constraint sample_verdict_key primary key (note, point),
    constraint sample_verdict_says_why check (verdict = 'approved' or words <> '')
);
select grant_app('select, insert', 'sample_verdict');
