//! `backend set-password`: gives a customer a new password, and ends their sessions.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use anyhow::Context as _;
use api_types::Password;
use backend::db::{Db, DbError, customers, sessions};
use backend::passwords::{self, LEAST_CHARACTERS};
use backend::settings::Settings;

/// What may be said to `backend set-password`.
#[derive(clap::Args, Debug)]
pub struct SetPassword {
    /// The customer's sign-in name.
    #[arg(value_name = "EMAIL")]
    email: String,
}

/// Reads one line from standard input, makes it the password, and ends the customer's sessions.
///
/// # Errors
/// Standard input cannot be read, the password is too short or too long, the system gave no random
/// salt, the database cannot be opened or fails, or no customer has the sign-in name.
pub async fn run(args: SetPassword, settings: &Settings) -> anyhow::Result<()> {
    // Not an argument: what stands on a command line, every program can read.
    let hash = passwords::hash(&read()?)?;
    let database = &settings.database;
    let db = Db::open(database)
        .await
        .with_context(|| format!("{} cannot be opened", database.display()))?;
    let email = &args.email;
    let known = db
        .write(async |tx| {
            let Some(found) = customers::credentials(tx, email).await? else {
                return Ok::<_, DbError>(false);
            };
            let customer = found.customer.id;
            customers::set_password(tx, &customer, &hash).await?;
            // Whoever was signed in by the old password has to sign in by the new one.
            sessions::delete_all(tx, &customer).await?;
            Ok(true)
        })
        .await?;
    db.close().await?;
    anyhow::ensure!(known, "no customer has the sign-in name {email}");
    writeln!(std::io::stderr(), "The password of {email} is set.")?;
    Ok(())
}

fn read() -> anyhow::Result<Password> {
    let input = std::io::stdin();
    if input.is_terminal() {
        let mut screen = std::io::stderr();
        write!(
            screen,
            "New password ({LEAST_CHARACTERS} characters or more; it is shown as you type): "
        )?;
        screen.flush()?;
    }
    let mut line = String::new();
    input.lock().read_line(&mut line).context("no password")?;
    let password = line.trim_end_matches(['\r', '\n']);
    Ok(Password(password.to_owned()))
}
