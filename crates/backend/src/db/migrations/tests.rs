//! What was there before a migration is right after it.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use sea_orm_migration::MigratorTrait as _;

use super::Migrator;

/// How many migrations came before prices had digits of their own.
const BEFORE: u32 = 12;

const ROWS: [&str; 4] = [
    "INSERT INTO customers (id, name, email, address, created_at) VALUES
        ('ann', 'Ann', 'zoe\u{308}@xn--bcher-kva.example', '', 1),
        ('bob', 'Bob', 'zoë@bücher.example', '', 2),
        ('eve', 'Eve', 'EVE@example.com', '', 3)",
    "INSERT INTO invoices (id, customer_id, number, name, issued_on, due_on, currency, net_minor,
            tax_minor, total_minor, document, number_key, search_text) VALUES
        ('i1', 'ann', 'N-1', 'Crème brûlée d’été', '2026-11-01', '2026-11-15', 'EUR', 4500, 0,
            4500, 'open', 'N-1', 'crème brûlée d’été'),
        ('i2', 'ann', 'N-2', 'Tea', '2026-11-01', '2026-11-15', 'KWD', 5, 0, 5, 'void',
            'N-2', 'tea')",
    "INSERT INTO invoice_lines (invoice_id, position, description, quantity, unit_price_minor,
            net_minor, tax_minor, tax_percent) VALUES
        ('i1', 1, 'A', '1', 4500, 4500, 0, '0'), ('i2', 1, 'B', '1', -5, -5, 0, '0')",
    "INSERT INTO payments (id, customer_id, kind, created_at, total_minor, currency, status,
            description, search_text) VALUES
        ('p1', 'ann', 'payment', 1, 4500, 'EUR', 'pending', 'Été # ours', 'été')",
];

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get("", "text").unwrap())
        .collect()
}

#[tokio::test]
async fn known_rows_get_their_prices_search_texts_and_sign_in_names() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.db");
    let db = Database::connect(format!("sqlite://{}?mode=rwc", file.display()))
        .await
        .unwrap();
    Migrator::up(&db, Some(BEFORE)).await.unwrap();
    for sql in ROWS {
        db.execute_unprepared(sql).await.unwrap();
    }
    Migrator::up(&db, None).await.unwrap();
    let prices = "SELECT unit_price AS text FROM invoice_lines ORDER BY invoice_id";
    assert_eq!(texts(&db, prices).await, ["45.00", "-0.005"]);
    let searched = "SELECT search_text AS text FROM invoices ORDER BY id";
    assert_eq!(
        texts(&db, searched).await,
        ["n-1\ncreme brulee d'ete", "n-2\ntea"]
    );
    let searched = "SELECT search_text AS text FROM payments";
    assert_eq!(texts(&db, searched).await, ["ete"]);
    let emails = "SELECT email AS text FROM customers ORDER BY id";
    // The first cannot have what is the second's already.
    assert_eq!(
        texts(&db, emails).await,
        [
            "zoe\u{308}@xn--bcher-kva.example",
            "zoë@bücher.example",
            "eve@example.com"
        ]
    );
}
