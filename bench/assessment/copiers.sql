-- Declares likely copiers among the shops of copying.sql: two shops are on one wire where they share five lists or more that three shops at most
-- state, and these are a fifth or more of the books that both of them list. A rare list is a mistake, or a spelling, that two hardly make by chance.
\set ON_ERROR_STOP on
begin;
create temp table rare on commit drop as
select source_id, claim_id from corroborations join (
    select claim_id from corroborations where live group by claim_id having count(*) between 2 and 3) c using (claim_id) where live;
create temp table listed on commit drop as
select distinct k.source_id, split_part(c.text, ' ', 6) as isbn from corroborations k join claims c on c.id = k.claim_id where k.live;
create index on listed (source_id, isbn);
analyze rare, listed;

insert into derivations (id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, from_id, to_id, relation, basis, note)
select gen_random_uuid(), 1, now(), 'local', now(), 'local', '[]', '{}', a, b, 'same-wire', 'inferred', shared || ' rare lists in common'
from (select a.source_id as a, b.source_id as b, count(*) as shared
    from rare a join rare b on b.claim_id = a.claim_id and b.source_id > a.source_id group by 1, 2 having count(*) >= 5) p
where shared * 5 >= (select count(*) from listed x join listed y using (isbn) where x.source_id = a and y.source_id = b);
commit;
analyze derivations;
