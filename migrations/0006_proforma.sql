-- Approvals 审批 and the proforma invoice 形式发票.

create table approval (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    -- What is asked for: proforma, sample_note …, and which one.
    subject text not null,
    subject_id uuid not null,
    revision int not null,
    -- Of what was shown: a yes to another content does not count.
    content_hash bytea not null,
    level smallint not null check (level in (1, 2)),
    requested_by uuid not null references person on delete restrict,
    requested_at timestamptz not null,
    -- Set when the decision was handed to one person; else everybody eligible may give it.
    handed_to uuid references person on delete restrict,
    reminded_at timestamptz,
    state text not null default 'open' check (state in ('open', 'approved', 'returned', 'withdrawn', 'void')),
    decided_by uuid references person on delete restrict,
    decided_at timestamptz,
    on_behalf_of uuid references person on delete restrict,
    words text not null default '',
    -- What the inbox shows without opening the thing: amount, customer, why.
    summary jsonb not null,
    version int not null default 1,
    constraint approval_not_by_requester check (decided_by <> requested_by or state = 'withdrawn'),
    check ((state in ('approved', 'returned')) = (decided_by is not null))
);
create unique index approval_one_answer on approval (subject, subject_id, content_hash, level)
    where state in ('open', 'approved');
create index approval_open on approval (order_id) where state = 'open';
create index approval_requested_by on approval (requested_by, requested_at desc);
create index approval_decided_by on approval (decided_by, decided_at desc);
select grant_app('select, insert, update', 'approval');

create table proforma_invoice (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    revision int not null check (revision > 0),
    stage text not null check (stage in
        ('draft', 'submitted', 'returned', 'approved', 'sent', 'confirmed', 'change_requested', 'lapsed', 'superseded', 'void')),
    -- Wording of the paper; goods and terms are the order's until they are frozen here at submission.
    paper_lang text not null default 'en' check (paper_lang in ('en', 'zh-CN', 'both')),
    account uuid references bank_account on delete restrict,
    dated date not null,
    valid_until date not null,
    buyer text not null,
    consignee text not null default '',
    notify text not null default '',
    loading_port text not null default '',
    discharge_port text not null default '',
    partial_shipment text not null default 'allowed' check (partial_shipment in ('allowed', 'not_allowed')),
    transhipment text not null default 'allowed' check (transhipment in ('allowed', 'not_allowed')),
    delivery text not null default '',
    insurance text not null default '',
    documents text not null default '',
    inspection text not null default '',
    remarks text not null default '',
    discount_percent numeric(5, 2) not null default 0 check (discount_percent between 0 and 100),
    discount_reason text not null default '',
    created_by uuid not null references person on delete restrict,
    created_at timestamptz not null,
    edited_by uuid[] not null default '{}',
    -- Frozen at submission: everything the paper prints, and its hash.
    content jsonb,
    content_hash bytea,
    total numeric(18, 4),
    currency char(3),
    submitted_by uuid references person on delete restrict,
    submitted_at timestamptz,
    returned_words text not null default '',
    approved_at timestamptz,
    sent_at timestamptz,
    sent_to text not null default '',
    sent_channel text not null default '',
    answered_at timestamptz,
    answered_by text not null default '',
    answered_channel text not null default '',
    answer_words text not null default '',
    evidence uuid references stored_file on delete restrict,
    version int not null default 1,
    constraint proforma_invoice_revision_key unique (order_id, revision),
    constraint proforma_frozen check (stage in ('draft', 'returned', 'void') or content_hash is not null),
    constraint proforma_validity check (valid_until >= dated)
);
-- One paper on the way at a time, and one in force.
create unique index proforma_one_open on proforma_invoice (order_id) where stage in ('draft', 'submitted', 'returned', 'approved', 'sent');
create unique index proforma_one_confirmed on proforma_invoice (order_id) where stage = 'confirmed';
select grant_app('select, insert, update', 'proforma_invoice');
