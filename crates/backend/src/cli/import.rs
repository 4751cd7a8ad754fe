//! `backend import`: a provider's data, from files. docs/import.md says what they hold.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use api_types::Day;
use backend::clock::Clock;
use backend::db::Db;
use backend::import::{MOST_WARNINGS, Options, import};
use backend::settings::Settings;

/// What may be said to `backend import`.
#[derive(clap::Args, Debug)]
pub struct Import {
    /// The folder with the CSV files.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Change what is known already; without it a known id is an error.
    #[arg(long)]
    update: bool,
    /// Move every date by the whole days from this day (YYYY-MM-DD) to today.
    /// For samples only.
    #[arg(long, value_name = "DAY")]
    anchor: Option<Day>,
}

/// Imports a folder, and writes what was imported and the first warnings.
///
/// # Errors
/// The database cannot be opened, a font cannot be used, the import is refused (nothing is written
/// to the database then), or the output cannot be written.
pub async fn run(args: Import, settings: &Settings) -> anyhow::Result<()> {
    let database = &settings.database;
    let db = Db::open(database)
        .await
        .with_context(|| format!("{} cannot be opened", database.display()))?;
    let options = Options {
        update: args.update,
        anchor: args.anchor,
        zone: settings.zone(),
        clock: Clock::system(),
        gateways: settings.gateway_ids(),
        fonts: settings.fonts()?,
    };
    let outcome = import(&db, &args.folder, &options).await;
    db.close().await?;
    let summary = outcome?;
    write!(std::io::stdout(), "{summary}")?;
    let mut errors = std::io::stderr();
    for warning in summary.warnings.iter().take(MOST_WARNINGS) {
        writeln!(errors, "Warning: {warning}")?;
    }
    let more = summary.warnings.len().saturating_sub(MOST_WARNINGS);
    if more > 0 {
        writeln!(errors, "There are {more} more warnings of this kind.")?;
    }
    Ok(())
}
