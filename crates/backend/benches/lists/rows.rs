//! Many rows at once, past the ways in that check every one: they are what those write.

use std::path::Path;

use api_types::{CustomerId, Password};
use backend::app::App;
use backend::db::customers::{self, Customer};
use backend::passwords;
use sea_orm::{ConnectionTrait, Database};

pub const PASSWORD: &str = "a long enough password";

/// Adds a customer who can sign in.
pub async fn customer(app: &App, name: &str) -> CustomerId {
    let customer = Customer {
        id: CustomerId::parse(name).unwrap(),
        name: name.to_owned(),
        email: Some(format!("{name}@example.com")),
        address: Vec::new(),
        tax_number: None,
        account_number: None,
        attendees: Vec::new(),
    };
    let hash = passwords::hash(&Password(PASSWORD.to_owned())).unwrap();
    let now = app.now();
    app.db()
        .write(async |tx| {
            customers::put(tx, &customer, now).await?;
            customers::set_password(tx, &customer.id, &hash).await
        })
        .await
        .unwrap();
    customer.id
}

/// Invoices, a paid half of them outstanding, with their entries; events; and payments.
pub async fn fill(database: &Path, customer: &str, rows: u32) {
    let invoices = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
        INSERT INTO invoices (id, customer_id, number, name, issued_on, due_on, currency,
            net_minor, tax_minor, total_minor, document, number_key, search_text)
        SELECT '{customer}-i' || i, '{customer}', 'INV-' || i, 'A visit',
            date('2000-01-01', (i % 9000) || ' days'), date('2000-02-01', (i % 9000) || ' days'),
            'EUR', i, 0, i, CASE i % 2 WHEN 0 THEN 'open' ELSE 'void' END,
            'INV-' || printf('%020d', i), 'inv-' || i || char(10) || 'a visit'
        FROM n"
    );
    let entries = format!(
        "INSERT INTO entries (customer_id, at, kind, currency, amount_minor, balance_minor,
            invoice_id)
        SELECT customer_id, total_minor * 1000, 'invoice', currency, -1, -total_minor, id
        FROM invoices WHERE customer_id = '{customer}'"
    );
    let events = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
        INSERT INTO events (id, customer_id, service, title, starts_at, ends_at, zone, status,
            fee_minor, currency)
        SELECT '{customer}-e' || i, '{customer}', 'Visit ' || (i % 7), 'A visit',
            i * 36000000, i * 36000000 + 3600000, 'Europe/Dublin',
            CASE i % 5 WHEN 0 THEN 'cancelled' ELSE 'booked' END, i, 'EUR'
        FROM n"
    );
    run(database, &[invoices, entries, events]).await;
    fill_payments(database, customer, rows).await;
}

/// Payments of some text, a few of each second.
pub async fn fill_payments(database: &Path, customer: &str, rows: u32) {
    let payments = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
        INSERT INTO payments (id, customer_id, kind, created_at, completed_at, total_minor,
            currency, status, description, search_text)
        SELECT '{customer}-p' || i, '{customer}', 'payment', i / 3 * 1000, i / 3 * 1000, i, 'EUR',
            'completed', 'By card, at the desk; =' || i, 'by card, at the desk; =' || i
        FROM n"
    );
    run(database, &[payments]).await;
}

async fn run(database: &Path, statements: &[String]) {
    let url = format!("sqlite:{}", database.display());
    let connection = Database::connect(url).await.unwrap();
    for statement in statements {
        connection.execute_unprepared(statement).await.unwrap();
    }
    connection.close().await.unwrap();
}
