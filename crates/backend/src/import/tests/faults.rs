//! Each thing that can be wrong is named by file, line and column, and nothing is imported.

use super::{GOOD, ImportError, Options, good_but, import_files, options};
use crate::db::tests::portal::Portal;

/// Imports files that are wrong, and returns what was said.
async fn said(files: &[(&str, &str)], options: &Options) -> String {
    let portal = Portal::empty().await;
    let refused = import_files(&portal.db, files, options).await;
    assert!(nobody_is_known(&portal).await, "nothing is half-imported");
    refused.unwrap_err().to_string()
}

async fn nobody_is_known(portal: &Portal) -> bool {
    let ann = "ann".parse().unwrap();
    let found = portal
        .db
        .read(async |tx| crate::db::customers::find(tx, &ann).await);
    found.await.unwrap().is_none()
}

#[tokio::test]
async fn each_fault_names_its_file_line_and_column() {
    // A file with one row changed, and how the fault begins.
    let cases: &[(&str, &str, &str, &str)] = &[
        (
            "customers.csv",
            "ann@example.com",
            "ann at example",
            "customers.csv, line 2, column email: an e-mail",
        ),
        (
            "customers.csv",
            "bob@example.com",
            "ANN@example.com",
            "customers.csv, line 4, column email: ann@example.com stands in line 2",
        ),
        (
            "customers.csv",
            "bob,Bob",
            "ann,Bob",
            "customers.csv, line 4, column id: customer ann stands in line 2",
        ),
        (
            "customers.csv",
            "bob,Bob Moy",
            "bob,",
            "customers.csv, line 4, column name: it is empty",
        ),
        (
            "customers.csv",
            "bob,Bob",
            "b/b,Bob",
            "customers.csv, line 4, column id: an id is",
        ),
        (
            "customers.csv",
            "id,name,email",
            "id,name,mail",
            "customers.csv: line 1 names the column \"mail\"",
        ),
        (
            "customers.csv",
            "id,name",
            "id,id",
            "customers.csv: line 1 names the column id twice",
        ),
        (
            "customers.csv",
            "Bob Moy,",
            "Bob, Moy,",
            "customers.csv, line 4: it has 5 cells and the head has 4",
        ),
        (
            "customers.csv",
            "Bob Moy",
            "Bob \"Moy\"",
            "customers.csv: line 4: a quote stands",
        ),
        (
            "invoices.csv",
            "due_on,",
            "",
            "invoices.csv: line 1 does not name the column due_on",
        ),
        (
            "invoices.csv",
            "2026-11-15",
            "15/11/2026",
            "invoices.csv, line 2, column due_on: a day is written YYYY-MM-DD, as in 2026-11-21; here stands \"15/11/2026\"",
        ),
        (
            "invoices.csv",
            "inv-1,ann",
            "inv-1,eve",
            "invoices.csv, line 2, column customer: there is no customer eve",
        ),
        (
            "invoices.csv",
            "EUR,100.00",
            "Euro,100.00",
            "invoices.csv, line 2, column currency: `Euro` is not",
        ),
        (
            "invoices.csv",
            "EUR,100.00",
            "EUR,100",
            "invoices.csv, line 2, column net: the amount has 0 digits after the point, its currency 2; write EUR as in 45.00",
        ),
        (
            "invoices.csv",
            "JPY,1200,0,1200",
            "JPY,1200.00,0,1200",
            "invoices.csv, line 3, column net: the amount has 2 digits after the point, its currency 0; write JPY as in 45",
        ),
        (
            "invoices.csv",
            "23.00,123.00",
            "23.00,124.00",
            "invoices.csv, line 2, column total: it is 124.00 EUR, but net and tax are 100.00 EUR and 23.00 EUR",
        ),
        (
            "invoices.csv",
            "100.00,23.00,123.00",
            "90.00,23.00,113.00",
            "invoices.csv, line 2, column net: it is 90.00 EUR, but its lines add up to 100.00 EUR",
        ),
        (
            "invoices.csv",
            "100.00,23.00,123.00",
            "100.00,20.00,120.00",
            "invoices.csv, line 2, column tax: it is 20.00 EUR, but its lines add up to 23.00 EUR",
        ),
        (
            "invoices.csv",
            "inv-2,ann",
            "inv-1,ann",
            "invoices.csv, line 3, column id: invoice inv-1 stands in line 2",
        ),
        (
            "invoice_lines.csv",
            "inv-2,Massage,1,1200,0,1200,0\n",
            "",
            "invoices.csv, line 3, column id: invoice inv-2 has no lines",
        ),
        (
            "invoice_lines.csv",
            "inv-2,Mas",
            "inv-3,Mas",
            "invoice_lines.csv, line 4, column invoice: invoice inv-3 is not in invoices.csv",
        ),
        (
            "invoice_lines.csv",
            "visit,1,60",
            "visit,\"1,5\",60",
            "invoice_lines.csv, line 2, column quantity: a number is digits",
        ),
        (
            "payments.csv",
            "2026-11-03T10:00,",
            "2026-11-03 10:00,",
            "payments.csv, line 2, column created_at: a time is written",
        ),
        (
            "payments.csv",
            "2026-11-03T10:01",
            "",
            "payments.csv, line 2, column completed_at: a completed payment says",
        ),
        (
            "payments.csv",
            "2026-11-03T10:01",
            "2026-11-03T09:59",
            "payments.csv, line 2, column completed_at: it completed before",
        ),
        (
            "payments.csv",
            "10:00,,30.00",
            "10:00,2026-11-04T10:01,30.00",
            "payments.csv, line 3, column completed_at: only a completed",
        ),
        (
            "payments.csv",
            "pending",
            "on its way",
            "payments.csv, line 3, column status: it has to be one of: pending, cancelled, completed",
        ),
        (
            "payments.csv",
            "30.00",
            "0.00",
            "payments.csv, line 3, column total: it is zero",
        ),
        (
            "allocations.csv",
            "pay-1,inv-1,40.00",
            "pay-1,inv-1,50.01",
            "allocations.csv, line 2, column amount: payment pay-1 has only 50.00 EUR left",
        ),
        (
            "allocations.csv",
            "pay-1,inv-1,40.00",
            "pay-1,inv-1,0.00",
            "allocations.csv, line 2, column amount: it has to be more than zero",
        ),
        (
            "allocations.csv",
            "pay-1,inv-1,40.00",
            "pay-1,inv-2,40.00",
            "allocations.csv, line 2, column invoice: the payment is in EUR and the invoice in JPY",
        ),
        (
            "allocations.csv",
            "pay-1,inv-1",
            "pay-9,inv-1",
            "allocations.csv, line 2, column payment: there is no payment pay-9",
        ),
        (
            "allocations.csv",
            "pay-1,inv-1",
            "pay-1,inv-9",
            "allocations.csv, line 2, column invoice: there is no invoice inv-9",
        ),
        (
            "allocations.csv",
            "pay-1,inv-1",
            "pay-3,inv-1",
            "allocations.csv, line 2, column amount: payment pay-3 has only 0.00 EUR left",
        ),
        (
            "allocations.csv",
            "pay-2,inv-1,30.00",
            "pay-1,inv-1,1.00",
            "allocations.csv, line 3, column invoice: payment pay-1 and invoice inv-1 stand in line 2",
        ),
        (
            "events.csv",
            "2026-11-01T09:45",
            "2026-11-01T08:45",
            "events.csv, line 2, column ends_at: it ends before",
        ),
        (
            "events.csv",
            "Asia/Tokyo",
            "Tokyo",
            "events.csv, line 3, column zone: a zone is an IANA name",
        ),
        (
            "events.csv",
            "60.00,EUR",
            "60.00,",
            "events.csv, line 2, column currency: fee is filled in",
        ),
        (
            "events.csv",
            "booked,,,",
            "booked,,,inv-1",
            "events.csv, line 3, column invoice: customer bob has no invoice inv-1",
        ),
    ];
    for (file, from, to, begins) in cases {
        let (_, text) = GOOD.iter().find(|(name, _)| name == file).unwrap();
        assert!(text.contains(from), "{from} stands in {file}");
        let changed = text.replacen(from, to, 1);
        let files = good_but(&[(file, Some(&changed))]);
        let said = said(&files, &options()).await;
        assert!(
            said.starts_with(begins),
            "{said}\nwas to begin with: {begins}"
        );
        assert!(said.ends_with("Nothing was imported."), "{said}");
    }
}

#[tokio::test]
async fn more_than_an_invoice_has_left_is_refused() {
    let text = "id,customer,created_at,completed_at,total,currency,status,description\n\
         pay-1,ann,2026-11-03T10:00,2026-11-03T10:01,200.00,EUR,completed,Cash\n\
         pay-2,ann,2026-11-04T10:00,,30.00,EUR,pending,Transfer\n";
    let allocated = |amounts: [&str; 2]| {
        let [first, second] = amounts;
        format!("payment,invoice,amount\npay-2,inv-1,{second}\npay-1,inv-1,{first}\n")
    };
    for (amounts, begins) in [
        (
            ["123.01", "1.00"],
            "allocations.csv, line 3, column amount: invoice inv-1 has only 123.00 EUR left to pay",
        ),
        // Completed money has its place first, wherever it stands in the file.
        (
            ["120.00", "3.01"],
            "allocations.csv, line 2, column amount: invoice inv-1 has only 3.00 EUR left to pay",
        ),
    ] {
        let allocations = allocated(amounts);
        let files = good_but(&[
            ("payments.csv", Some(text)),
            ("allocations.csv", Some(&allocations)),
        ]);
        let said = said(&files, &options()).await;
        assert!(said.starts_with(begins), "{said}");
    }
}

#[tokio::test]
async fn money_for_a_void_invoice_or_of_a_cancelled_payment_is_refused() {
    let (_, invoices) = GOOD[1];
    let void = invoices
        .replace("net,tax,total\n", "net,tax,total,document\n")
        .replace("123.00\n", "123.00,void\n")
        .replace(",1200\n", ",1200,open\n");
    let files = good_but(&[("invoices.csv", Some(&void))]);
    let said_of_void = said(&files, &options()).await;
    assert!(
        said_of_void.contains("line 2, column amount: invoice inv-1 is void or replaced"),
        "{said_of_void}"
    );

    let (_, payments) = GOOD[3];
    let cancelled = payments.replace("pending", "cancelled");
    let files = good_but(&[("payments.csv", Some(&cancelled))]);
    let said_of_cancelled = said(&files, &options()).await;
    assert!(
        said_of_cancelled.contains("line 3, column amount: payment pay-2 is cancelled"),
        "{said_of_cancelled}"
    );
}

#[tokio::test]
async fn several_faults_are_told_at_once_but_not_without_end() {
    let (_, good) = GOOD[0];
    let rows: String = (0..60).map(|n| format!("c{n},,,\n")).collect();
    let many = format!("{good}{rows}");
    let files = good_but(&[("customers.csv", Some(&many))]);
    let portal = Portal::empty().await;
    let refused = import_files(&portal.db, &files, &options()).await;
    let Err(ImportError::Faults { faults, stopped }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((faults.len(), stopped), (50, true));
    assert_eq!((faults[0].line, faults[49].line), (Some(5), Some(54)));
}

#[tokio::test]
async fn a_misspelt_file_an_empty_folder_and_a_wrong_encoding_are_not_passed_over() {
    let misspelt = [("customer.csv", "id,name\n")];
    let said_of_name = said(&misspelt, &options()).await;
    assert!(
        said_of_name.starts_with("customer.csv: it is none of the files"),
        "{said_of_name}"
    );
    let said_of_nothing = said(&[("README.md", "x")], &options()).await;
    assert!(
        said_of_nothing.contains("the folder has none of the files customers.csv"),
        "{said_of_nothing}"
    );
    let said_of_empty = said(&[("customers.csv", "")], &options()).await;
    assert!(
        said_of_empty.starts_with("customers.csv: it is empty"),
        "{said_of_empty}"
    );

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("customers.csv"),
        b"id,name\nann,Zo\xeb\n",
    )
    .unwrap();
    let portal = Portal::empty().await;
    let refused = super::import(&portal.db, folder.path(), &options()).await;
    let said = refused.unwrap_err().to_string();
    assert!(
        said.starts_with("customers.csv: line 2 is not UTF-8"),
        "{said}"
    );
}
