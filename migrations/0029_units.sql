-- Units become cards: the code stays what lines and papers carry.
alter table unit add column id uuid not null default gen_random_uuid() constraint unit_id_key unique;
alter table unit alter column id drop default;
alter table unit
    add column search text not null default '',
    add column archived_at timestamptz,
    add column version int not null default 1,
    add constraint unit_code check (code ~ '^[a-z][a-z0-9]{0,11}$');
create index unit_name on unit ((lower(name_en)), id);
update unit set search = given.search from (values
    ('pcs', ' j jian pcs 件 '),
    ('sets', ' sets t tao 套 '),
    ('prs', ' pairs prs s shuang 双 '),
    ('doz', ' d da doz dozen 打 '),
    ('ctns', ' cartons ctns x xiang 箱 '),
    ('kg', ' k ke kg qianke qk 千克 '),
    ('g', ' g k ke 克 '),
    ('t', ' d dun t 吨 '),
    ('m', ' m mi 米 '),
    ('yd', ' m ma yd 码 '),
    ('m2', ' fangmi fm m m2 mi pfm pingfangmi 平方米 '),
    ('m3', ' fangmi fm lfm lifangmi m m3 mi 立方米 '),
    ('l', ' l s sheng 升 '),
    ('units', ' t tai units 台 '),
    ('items', ' g ge items 个 '),
    ('pieces', ' pieces z zhi 只 '),
    ('sticks', ' sticks z zhi 支 '),
    ('strips', ' strips t tiao 条 '),
    ('handles', ' b ba handles 把 '),
    ('blocks', ' blocks k kuai 块 '),
    ('rolls', ' j juan rolls 卷 '),
    ('sheets', ' p pian sheets 片 '),
    ('couples', ' couples d dui 对 '),
    ('packs', ' b bao packs 包 '),
    ('boxes', ' boxes h he 盒 '),
    ('bottles', ' bottles p ping 瓶 '),
    ('vehicles', ' l liang vehicles 辆 ')
) as given (code, search) where given.code = unit.code;
