//! What a server must promise before the house trusts it with orders; asked at every start, of any server.

use sqlx::PgConnection;

/// What the server says about itself, seen from the role the program works under.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a list of yes and no, exactly as the server gives it"
)]
pub struct Promises {
    pub version: i32,
    pub unicode: bool,
    pub durable: bool,
    pub whole_pages: bool,
    pub commits_wait: bool,
    pub checksums: bool,
    pub superuser: bool,
}

pub async fn promises(connection: &mut PgConnection) -> sqlx::Result<Promises> {
    sqlx::query_as!(
        Promises,
        r#"select current_setting('server_version_num')::int as "version!",
                  current_setting('server_encoding') = 'UTF8' as "unicode!",
                  current_setting('fsync')::bool as "durable!",
                  current_setting('full_page_writes')::bool as "whole_pages!",
                  current_setting('synchronous_commit') <> 'off' as "commits_wait!",
                  current_setting('data_checksums')::bool as "checksums!",
                  (select rolsuper from pg_roles where rolname = current_user) as "superuser!""#
    )
    .fetch_one(connection)
    .await
}

impl Promises {
    /// Why this server will not do; empty means it will.
    pub fn faults(&self) -> Vec<&'static str> {
        let mut found = Vec::new();
        let mut need = |kept: bool, fault| {
            if !kept {
                found.push(fault);
            }
        };
        need(
            self.version >= 150_000,
            "the server is older than PostgreSQL 15",
        );
        need(self.unicode, "the database is not in UTF8");
        need(
            self.durable,
            "the server runs with fsync=off: a power cut would lose orders",
        );
        need(
            self.whole_pages,
            "the server runs with full_page_writes=off: a power cut would lose orders",
        );
        need(
            self.commits_wait,
            "the server runs with synchronous_commit=off: a power cut would lose orders",
        );
        need(
            !self.superuser,
            "the role is a superuser: name an ordinary role, and the owner of the tables in DATABASE_OWNER_URL",
        );
        found
    }

    /// What is weaker than it could be, but no reason to stay closed.
    pub fn remarks(&self) -> Vec<&'static str> {
        if self.checksums {
            Vec::new()
        } else {
            vec!["the server has no data checksums: a failing disk is noticed late"]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Promises {
        Promises {
            version: 150_020,
            unicode: true,
            durable: true,
            whole_pages: true,
            commits_wait: true,
            checksums: true,
            superuser: false,
        }
    }

    #[test]
    fn a_server_that_keeps_every_promise_has_no_fault() {
        assert!(good().faults().is_empty() && good().remarks().is_empty());
    }

    #[test]
    fn every_broken_promise_is_named() {
        let bad = Promises {
            version: 140_000,
            unicode: false,
            durable: false,
            whole_pages: false,
            commits_wait: false,
            superuser: true,
            ..good()
        };
        assert_eq!(bad.faults().len(), 6);
    }

    #[test]
    fn missing_checksums_are_a_remark_only() {
        let plain = Promises {
            checksums: false,
            ..good()
        };
        assert!(plain.faults().is_empty());
        assert_eq!(plain.remarks().len(), 1);
    }
}
