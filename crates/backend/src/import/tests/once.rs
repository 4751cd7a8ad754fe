//! Each thing that is wrong is told once, and nothing that is not.

use super::{ImportError, good_but, import_files, options};
use crate::db::tests::portal::Portal;

/// What is said about files, one line a fault.
async fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let portal = Portal::empty().await;
    match import_files(&portal.db, files, &options()).await {
        Err(ImportError::Faults { faults, .. }) => faults.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn one_thing_that_is_wrong_is_one_fault() {
    for (file, from, to, begins) in [
        // One bad line says nothing about the invoice, and so does one that is nobody's.
        (
            "invoice_lines.csv",
            "visit,1,60",
            "visit,x,60",
            "invoice_lines.csv, line 2, column quantity",
        ),
        (
            "invoice_lines.csv",
            "Massage,1,",
            "Massage,x,",
            "invoice_lines.csv, line 4, column quantity",
        ),
        (
            "invoice_lines.csv",
            "inv-2,Mas",
            "inv-3,Mas",
            "invoice_lines.csv, line 4, column invoice",
        ),
        (
            "invoice_lines.csv",
            "inv-2,Mas",
            "i/2,Mas",
            "invoice_lines.csv, line 4, column invoice",
        ),
        (
            "invoice_lines.csv",
            "Massage,1,",
            "Massage,1,1,",
            "invoice_lines.csv, line 4: it has 8",
        ),
        (
            "invoice_lines.csv",
            "60.00,13.80",
            "60.01,13.80",
            "invoice_lines.csv, line 2, column net: it is 60.01 EUR, but 1 times 60.00 EUR is 60",
        ),
        (
            "invoice_lines.csv",
            "quantity",
            "amount",
            "invoice_lines.csv: line 1 names",
        ),
        (
            "invoice_lines.csv",
            "First visit",
            "First \"visit\"",
            "invoice_lines.csv: line 2: a quote",
        ),
        // What leans on a row with a fault is not judged.
        (
            "customers.csv",
            "bob,Bob Moy",
            "bob,",
            "customers.csv, line 4, column name",
        ),
        (
            "invoices.csv",
            "inv-1,ann",
            "inv-1,eve",
            "invoices.csv, line 2, column customer: there is no customer eve",
        ),
        (
            "invoices.csv",
            "inv-2,ann",
            "inv-1,ann",
            "invoices.csv, line 3, column id",
        ),
        (
            "invoices.csv",
            "2026-11-15",
            "15.11.2026",
            "invoices.csv, line 2, column due_on",
        ),
        (
            "invoices.csv",
            "id,customer,number",
            "id,customer,numbre",
            "invoices.csv: line 1 names",
        ),
        (
            "payments.csv",
            "pay-1,ann",
            "pay-1,eve",
            "payments.csv, line 2, column customer",
        ),
        (
            "events.csv",
            "ev-1,ann",
            "ev-1,eve",
            "events.csv, line 2, column customer",
        ),
    ] {
        let (_, text) = super::GOOD.iter().find(|(name, _)| *name == file).unwrap();
        assert!(text.contains(from), "{from} stands in {file}");
        let changed = text.replacen(from, to, 1);
        let told = faults(&good_but(&[(file, Some(&changed))])).await;
        // A misspelt column is missing too.
        let most = if begins.contains("line 1 names") {
            2
        } else {
            1
        };
        assert!(told.len() <= most, "{from}: {told:#?}");
        assert!(told[0].starts_with(begins), "{told:#?}");
    }
}

#[tokio::test]
async fn another_separator_is_one_fault_that_names_both() {
    let commas = super::GOOD[0].1;
    let with = |separator: &str| commas.replace(',', separator);
    let quoted = "\"id\";\"name\"\n\"ann\";\"Ann Hale\"\n";
    for (text, says) in [
        (
            with(";"),
            "its cells are separated by semicolons; an import wants commas",
        ),
        (
            with("\t"),
            "its cells are separated by tabs; an import wants commas",
        ),
        (
            quoted.to_owned(),
            "its cells are separated by semicolons; an import wants commas",
        ),
        (
            format!("sep=;\n{}", with(";")),
            "line 1 is a sep= line, and the cells are separated by semicolons",
        ),
        (
            format!("SEP=\t\r\n{}", with("\t")),
            "line 1 is a sep= line, and the cells are separated by tabs",
        ),
        (
            format!("sep=,\n{commas}"),
            "line 1 is a sep= line; the first line names the columns",
        ),
    ] {
        let told = faults(&[("customers.csv", &text)]).await;
        let [only] = told.as_slice() else {
            panic!("{text}: {told:#?}");
        };
        assert!(
            only.starts_with(&format!("customers.csv: {says}")),
            "{only}"
        );
    }
    // The head has commas, and every row below it something else.
    let rows = "id,name,email\nann;Ann Hale;ann@example.com\nbob;Bob Moy;bob@example.com\n";
    let told = faults(&[("customers.csv", rows)]).await;
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("customers.csv, line 2: its cells are separated by semicolons"));
    // A semicolon within a cell separates nothing.
    let portal = Portal::empty().await;
    let names = "id,name,attendees\nann,Ann Hale,Bob Moy; Eve Hale\n";
    import_files(&portal.db, &[("customers.csv", names)], &options())
        .await
        .unwrap();
}

#[tokio::test]
async fn an_open_number_that_is_known_is_refused_and_one_that_was_replaced_is_free() {
    let portal = Portal::empty().await;
    import_files(&portal.db, &super::GOOD, &options())
        .await
        .unwrap();
    let head = "id,customer,number,name,issued_on,due_on,currency,net,tax,total,document\n";
    let line = |of: &str| {
        format!(
            "invoice,description,quantity,unit_price,tax_percent,net,tax\n{of},Visit,1,5.00,0,5.00,0.00\n"
        )
    };
    let invoice = |customer: &str, document: &str| {
        format!(
            "{head}new,{customer},2026-1,Visit,2026-11-02,2026-12-01,EUR,5.00,0.00,5.00,{document}\n"
        )
    };
    let (lines, open) = (line("new"), invoice("bob", "open"));
    let files = [
        ("invoices.csv", open.as_str()),
        ("invoice_lines.csv", &lines),
    ];
    let said = import_files(&portal.db, &files, &options())
        .await
        .unwrap_err();
    let begins =
        "invoices.csv, line 2, column number: the open invoice inv-1 has the number 2026-1 already";
    assert!(said.to_string().starts_with(begins), "{said}");
    let void = invoice("ann", "void");
    let files = [
        ("invoices.csv", void.as_str()),
        ("invoice_lines.csv", &lines),
    ];
    import_files(&portal.db, &files, &options()).await.unwrap();
}
