//! Figures, words and addresses: what comes in is what is shown, found and compared.

use api_types::{Invoice, InvoiceQuery, PaymentQuery};
use documents::{Fonts, RenderContext};
use jiff::tz::TimeZone;

use super::cases::import_case;
use super::{Options, good_but, import_files, options};
use crate::csv::{File, What};
use crate::db::tests::portal::{Portal, id, terms};
use crate::db::{customers, invoices, payments};

const TODAY: &str = "2026-11-21";

/// The text of an invoice on paper, where figures follow a language tag.
fn paper(invoice: &Invoice, tag: &str) -> String {
    let around = RenderContext {
        provider: "Harbour Clinic".to_owned(),
        brand: "#1d5fbf".to_owned(),
        logo: None,
        contact: Vec::new(),
        tag: tag.to_owned(),
        zone: TimeZone::UTC,
        words: words::of_language(tag),
        fonts: Fonts::default(),
    };
    let pdf = documents::invoice(invoice, &around).unwrap();
    pdf_extract::extract_text_from_mem(&pdf).unwrap()
}

async fn imported(case: &str) -> (Portal, Invoice) {
    let portal = Portal::empty().await;
    import_case(&portal, case).await;
    let invoice = portal.invoice("ann", "i1", TODAY).await;
    (portal, invoice)
}

/// The rows of an invoice's lines as CSV, read by another reader; the head first.
async fn spreadsheet(portal: &Portal) -> Vec<Vec<String>> {
    let (ann, what) = (id("ann"), What::Invoice(id("i1")));
    let words = words::of_language("en");
    let text = portal
        .db
        .read(async |tx| {
            let mut file = File::begin(tx, &ann, &what, words, terms(TODAY)).await?;
            file.next(tx).await
        })
        .await
        .unwrap()
        .unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

fn assert_says(paper: &str, text: &str) {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain(paper).contains(&plain(text)), "{text} in {paper}");
}

#[tokio::test]
async fn a_unit_price_below_a_cent_stands_as_it_came() {
    let (portal, invoice) = imported("unit-price-below-a-cent").await;
    let prices = invoice
        .lines
        .iter()
        .map(|line| line.unit_price.amount_text());
    assert_eq!(prices.collect::<Vec<_>>(), ["130.00", "0.1648"]);
    let paper = paper(&invoice, "en-IE");
    assert_says(&paper, "Energy kWh 100 €0.1648 0 % €16.48");
    assert_says(&paper, "Standing charge 1 €130.00 0 % €130.00");
    let rows = spreadsheet(&portal).await;
    assert_eq!(rows[0][..3], ["Description", "Quantity", "Unit price"]);
    assert_eq!(
        rows[2],
        ["Energy kWh", "100", "0.1648", "0", "16.48", "0.00", "EUR"]
    );
}

#[tokio::test]
async fn quantity_percentage_and_money_of_a_line_are_written_by_one_locale() {
    let (_, invoice) = imported("quantity-in-another-locale").await;
    for (tag, line) in [
        ("en-DE", "Consulting 1.250 €1,200.00 13.5 % €1,500.00"),
        ("de-DE", "Consulting 1,250 1.200,00 € 13,5 % 1.500,00 €"),
        ("en-IE", "Consulting 1.250 €1,200.00 13.5 % €1,500.00"),
    ] {
        assert_says(&paper(&invoice, tag), line);
    }
}

#[tokio::test]
async fn a_description_keeps_its_line_breaks() {
    let (portal, invoice) = imported("line-breaks").await;
    assert_eq!(
        invoice.lines[0].description,
        "First assessment\nincl. report"
    );
    let of_two = paper(&invoice, "en-IE");
    let lines: Vec<&str> = of_two.lines().map(str::trim).collect();
    assert!(
        !lines.iter().any(|line| line.contains("assessment incl.")),
        "{of_two}"
    );
    assert_says(&of_two, "First assessment");
    assert_says(&of_two, "incl. report");

    assert_eq!(
        spreadsheet(&portal).await[1][0],
        "First assessment\nincl. report"
    );

    let mut single = invoice;
    single.lines[0].description = "First assessment incl. report".to_owned();
    let of_one = paper(&single, "en-IE");
    let mut lines = of_one.lines().map(str::trim);
    assert!(
        lines.any(|line| line.contains("assessment incl. report")),
        "{of_one}"
    );
}

#[tokio::test]
async fn line_breaks_are_line_feeds_whatever_they_were() {
    let portal = Portal::empty().await;
    let lines = "invoice,description,quantity,unit_price,tax_percent,net,tax\r\n\
        inv-1,\"First visit  \r\n\r\nand tape\",1,100.00,23,100.00,23.00\r\n\
        inv-2,Massage,1,1200,0,1200,0\r\n";
    let files = good_but(&[("invoice_lines.csv", Some(lines))]);
    import_files(&portal.db, &files, &options()).await.unwrap();
    let invoice = portal.invoice("ann", "inv-1", TODAY).await;
    assert_eq!(invoice.lines[0].description, "First visit\n\nand tape");
}

#[tokio::test]
async fn what_reads_the_same_is_found_without_accents_and_by_any_apostrophe() {
    let portal = Portal::empty().await;
    let invoices = super::GOOD[1].1.replace("Massage", "Crème brûlée d’été");
    let payments = super::GOOD[3]
        .1
        .replace("Exercise band", "Crème brûlée d’été # Massage");
    let files = good_but(&[
        ("invoices.csv", Some(&invoices)),
        ("payments.csv", Some(&payments)),
    ]);
    import_files(&portal.db, &files, &options()).await.unwrap();
    for (wanted, found) in [
        ("d'été", 1),
        ("creme brulee", 1),
        ("D\u{2bc}ETE", 1),
        ("Crème brûlée d’été", 1),
        ("massage", 0),
    ] {
        let search = Some(wanted.to_owned());
        let query = InvoiceQuery {
            search: search.clone(),
            ..InvoiceQuery::default()
        };
        let of_payments = PaymentQuery {
            search,
            ..PaymentQuery::default()
        };
        let terms = terms(TODAY);
        let ann = id("ann");
        let (invoices, payments) = portal
            .db
            .read(async |tx| {
                let invoices = invoices::list(tx, &ann, &query, &terms).await?;
                Ok::<_, crate::db::DbError>((
                    invoices,
                    payments::list(tx, &ann, &of_payments, &terms).await?,
                ))
            })
            .await
            .unwrap();
        assert_eq!(
            (invoices.data.len(), payments.data.len()),
            (found, found),
            "{wanted}"
        );
    }
}

#[tokio::test]
async fn an_address_is_one_however_it_is_written() {
    let portal = Portal::empty().await;
    let customers = "id,name,email\nzoe,Zoe,ZOE\u{308}@B\u{fc}cher.example\n";
    import_files(&portal.db, &[("customers.csv", customers)], &options())
        .await
        .unwrap();
    for written in ["zoë@bücher.example", " Zoe\u{308}@XN--BCHER-KVA.example"] {
        let found = portal
            .db
            .read(async |tx| customers::credentials(tx, written).await);
        assert!(found.await.unwrap().is_some(), "{written}");
    }
    let twice = "id,name,email\neve,Eve,zo\u{eb}@xn--bcher-kva.example\n";
    let said = import_files(&portal.db, &[("customers.csv", twice)], &options()).await;
    let said = said.unwrap_err().to_string();
    assert!(
        said.contains("column email: zoë@bücher.example is customer zoe's"),
        "{said}"
    );
    for (character, name) in [
        ("\u{ad}", "a soft hyphen (U+00AD)"),
        ("\u{202e}", "a bidirectional override (U+202E)"),
        ("\u{2066}", "a bidirectional isolate (U+2066)"),
        ("\u{feff}", "a zero-width no-break space (U+FEFF)"),
        ("\u{3164}", "an invisible character (U+3164)"),
    ] {
        let text = format!("id,name,email\neve,Eve,e{character}ve@example.com\n");
        let said = import_files(&portal.db, &[("customers.csv", &text)], &options()).await;
        let said = said.unwrap_err().to_string();
        let begins =
            format!("customers.csv, line 2, column email: {name} stands in it as character 2");
        assert!(said.starts_with(&begins), "{said}");
        assert!(!said.contains(character), "it is shown: {said}");
    }
}

#[tokio::test]
async fn what_no_font_can_write_is_a_warning_and_no_fault() {
    let portal = Portal::empty().await;
    let customers = "id,name,address\n\
        ann,Ann Hale,\"1 Quay Street\nสมชาย\"\n\
        bob,ليلى حداد,\n";
    let payments = super::GOOD[3].1.replace("drawer 2", "患者");
    let files = good_but(&[
        ("customers.csv", Some(customers)),
        ("payments.csv", Some(&payments)),
    ]);
    let summary = import_files(&portal.db, &files, &options()).await.unwrap();
    let told: Vec<String> = summary.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    let begins = "customers.csv, line 2, column address: no font of the documents can write ส ม ช";
    assert!(told[0].starts_with(begins), "{told:#?}");
    let begins = "customers.csv, line 4, column name: no font of the documents can write ل ي";
    assert!(told[1].starts_with(begins), "{told:#?}");
}

#[tokio::test]
async fn a_gateway_is_one_of_the_settings_by_their_own_name() {
    let head = "id,customer,created_at,completed_at,total,currency,status,description,\
         gateway,provider_id\n";
    let row = |gateway: &str| {
        format!("{head}p9,ann,2026-11-03T10:00,,5.00,EUR,pending,Card,{gateway},ch_9\n")
    };
    let none = Options {
        gateways: Vec::new(),
        ..options()
    };
    let known = "the settings name no such gateway; they have sandbox; here stands";
    for (options, gateway, says) in [
        (options(), "sandbox", None),
        (options(), "Sandbox", Some(format!("{known} \"Sandbox\""))),
        (options(), "stripe", Some(format!("{known} \"stripe\""))),
        (
            none,
            "sandbox",
            Some("the settings have no gateway in [gateways]".to_owned()),
        ),
    ] {
        let portal = Portal::empty().await;
        let payments = row(gateway);
        let files = good_but(&[("payments.csv", Some(&payments)), ("allocations.csv", None)]);
        let said = import_files(&portal.db, &files, &options).await;
        let said = said.map(drop).map_err(|faults| faults.to_string());
        match says {
            None => assert_eq!(said, Ok(())),
            Some(says) => {
                let begins = format!("payments.csv, line 2, column gateway: {says}");
                assert!(said.unwrap_err().starts_with(&begins), "{gateway}: {says}");
            }
        }
    }
}
