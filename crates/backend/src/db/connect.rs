//! Opens the database, and runs reads in snapshots and writes in transactions.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use super::DbError;
use super::error::TransactionError;
use super::ledger;
use super::migrations::Migrator;
use super::transaction::{ReadTx, StaleBalances, WriteTx};

/// How long a writer waits for another process, such as an import, to finish.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a transaction runs that the database cannot put in order with others.
const MOST_RUNS: u32 = 5;
/// Snapshots that can be read at the same time.
const READERS: u32 = 8;

/// The database. Copies share its connections.
#[derive(Clone)]
pub struct Db {
    readers: DatabaseConnection,
    /// One connection only: SQLite has one writer at a time, and waiting for a
    /// connection is fair where waiting for the file's lock is not.
    writer: DatabaseConnection,
    /// One connection that is never given up: SQLite counts the writes of others from when a
    /// connection was made.
    watcher: DatabaseConnection,
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Db")
    }
}

impl Db {
    /// Opens the file, makes it if there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// [`DbError`] if the file cannot be opened or made, or its tables cannot be brought up to
    /// date.
    pub async fn open(file: &Path) -> Result<Self, DbError> {
        let writer = connect(file, 1, false).await?;
        Migrator::up(&writer, None).await?;
        let readers = connect(file, READERS, true).await?;
        let watcher = connect(file, 1, true).await?;
        Ok(Self {
            readers,
            writer,
            watcher,
        })
    }

    /// Runs reads in one snapshot.
    ///
    /// # Errors
    /// The error of `run`; or [`DbError`], as an `E`, if the database fails.
    pub async fn read<T, E>(&self, run: impl AsyncFnOnce(&ReadTx) -> Result<T, E>) -> Result<T, E>
    where
        E: From<DbError>,
    {
        let inner = self.readers.begin().await.map_err(DbError::from)?;
        let tx = ReadTx { inner };
        let answer = run(&tx).await;
        tx.inner.rollback().await.map_err(DbError::from)?;
        answer
    }

    /// Runs writes in one transaction: all of them stay, or if `run` fails, none.
    ///
    /// `run` may run several times, each time in a transaction of its own: a database that cannot
    /// put transactions in order refuses one of them, which is then run again. So `run` does
    /// nothing outside its transaction.
    ///
    /// # Errors
    /// What `run` returns. [`DbError::Conflict`] if the database has refused it five times,
    /// [`DbError::TooLarge`] if a sum is beyond its bound; otherwise as the database fails. Nothing
    /// is written then.
    pub async fn write<T, E>(
        &self,
        // What an `AsyncFn` returns borrows it, and then the compiler cannot see that the request's
        // future may change threads. What can be cloned can run again as well.
        run: impl AsyncFnOnce(&WriteTx) -> Result<T, E> + Clone,
    ) -> Result<T, E>
    where
        E: TransactionError,
    {
        let mut runs = 1;
        loop {
            match self.write_once(run.clone()).await {
                Err(error) if error.is_conflict() && runs < MOST_RUNS => {
                    tracing::warn!(
                        runs,
                        "a transaction runs again, since another came in between"
                    );
                    runs += 1;
                }
                answer => return answer,
            }
        }
    }

    async fn write_once<T, E>(
        &self,
        run: impl AsyncFnOnce(&WriteTx) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: TransactionError,
    {
        // Taking the write lock at once is what keeps a transaction that reads
        // before it writes from failing half way because another one wrote in between.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = self.writer.begin_with_options(options).await;
        let inner = inner.map_err(DbError::from)?;
        let tx = WriteTx {
            reads: ReadTx { inner },
            stale_balances: StaleBalances::default(),
        };
        let done = match run(&tx).await {
            Ok(answer) => ledger::compute_balances(&tx)
                .await
                .map(|()| answer)
                .map_err(E::from),
            Err(error) => Err(error),
        };
        match done {
            Ok(answer) => {
                tx.reads.inner.commit().await.map_err(DbError::from)?;
                Ok(answer)
            }
            Err(error) => {
                tx.reads.inner.rollback().await.map_err(DbError::from)?;
                Err(error)
            }
        }
    }

    /// A number without a unit that changes whenever this or another process has written since it
    /// was last asked for.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if SQLite gives no number; otherwise as the database fails.
    pub async fn data_version(&self) -> Result<i64, DbError> {
        let backend = self.watcher.get_database_backend();
        let ask = Statement::from_string(backend, "PRAGMA data_version");
        let row = self.watcher.query_one_raw(ask).await?;
        let row = row.ok_or_else(|| DbError::Unreadable("no data_version".to_owned()))?;
        Ok(row.try_get_by_index(0)?)
    }

    /// Waits until every connection is given back, and closes the file.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub async fn close(self) -> Result<(), DbError> {
        self.watcher.close().await?;
        self.readers.close().await?;
        self.writer.close().await?;
        Ok(())
    }
}

async fn connect(file: &Path, most: u32, read_only: bool) -> Result<DatabaseConnection, DbError> {
    let file = file.to_owned();
    let mut options = ConnectOptions::new("sqlite:");
    options
        .max_connections(most)
        .idle_timeout(None)
        .max_lifetime(None)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .filename(&file)
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
                .pragma("journal_mode", "WAL")
                // Money is worth the sync that WAL alone would skip at a power cut.
                .pragma("synchronous", "FULL")
                .pragma("query_only", if read_only { "ON" } else { "OFF" })
        });
    Ok(Database::connect(options).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_read_before_another_wrote_is_a_conflict() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.db");
        let db = Db::open(&file).await.unwrap();
        let other = connect(&file, 1, false).await.unwrap();
        let reads_first = other.begin().await.unwrap();
        let count = Statement::from_string(
            reads_first.get_database_backend(),
            "SELECT COUNT(*) FROM customers",
        );
        reads_first.query_one_raw(count).await.unwrap();
        let add = "INSERT INTO closures (id, starts_at, ends_at) VALUES ('c', 1, 2)";
        db.writer.execute_unprepared(add).await.unwrap();
        let refused = reads_first.execute_unprepared("DELETE FROM closures").await;
        assert!(DbError::from(refused.unwrap_err()).is_conflict());
    }
}
