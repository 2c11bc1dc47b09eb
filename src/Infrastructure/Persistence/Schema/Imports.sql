-- Sources of one import may name each other as parents in any order: who asks for it has these two checked at the end of the transaction.
-- For everybody else they are checked with each statement, as before.

alter table sources
    alter constraint fk_sources_parent deferrable initially immediate,
    alter constraint fk_sources_owner deferrable initially immediate;
