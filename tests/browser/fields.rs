//! Fields: what they give, what they say, and what they never take away.

use api_types::{Currency, Money};
use leptos::prelude::*;
use portico::components::{CheckField, Choice, Glyph, Icon, MoneyField, SearchField, SelectField};
use portico::i18n::{self, Catalogue, MoneyEntryError};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled, speak, until};

type Entry = Option<Result<Money, MoneyEntryError>>;

fn money_field(
    value: RwSignal<String>,
    entry: RwSignal<Entry>,
    tried: RwSignal<bool>,
    error: RwSignal<Option<String>>,
) -> Stage {
    let currency = Currency::parse("EUR").unwrap();
    Stage::show(move || {
        view! {
            <MoneyField
                label="Amount"
                name="amount"
                value=value
                currency=Signal::stored(currency)
                on_entry=Callback::new(move |read| entry.set(Some(read)))
                tried=tried
                error=error
            />
        }
        .into_any()
    })
}

/// What is read with a field: the texts that `aria-describedby` names.
fn described(stage: &Stage, selector: &str) -> String {
    let ids = stage
        .attribute(selector, "aria-describedby")
        .unwrap_or_default();
    let texts = ids.split(' ').map(|id| stage.text(&format!("#{id}")));
    texts.collect::<Vec<_>>().join(" ")
}

#[wasm_bindgen_test]
async fn a_typed_amount_is_given_exactly_and_stays_as_it_was_typed() {
    let (value, entry) = (RwSignal::new(String::new()), RwSignal::new(None));
    let (tried, error) = (RwSignal::new(false), RwSignal::new(None));
    let stage = money_field(value, entry, tried, error);
    settled().await;
    assert_eq!(entry.get_untracked(), Some(Err(MoneyEntryError::Empty)));
    assert_eq!(
        stage.attribute("#amount", "inputmode").as_deref(),
        Some("decimal")
    );
    assert_eq!(described(&stage, "#amount"), "EUR");
    stage.type_into("#amount", "1,045.5");
    settled().await;
    let read = entry.get_untracked().unwrap().unwrap();
    assert_eq!(read.amount_text(), "1045.50");
    assert_eq!(stage.value("#amount"), "1,045.5");
    assert_eq!(stage.attribute("#amount", "aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_an_amount_is_said_when_the_field_is_left() {
    let (value, entry) = (RwSignal::new(String::new()), RwSignal::new(None));
    let (tried, error) = (RwSignal::new(false), RwSignal::new(None));
    let stage = money_field(value, entry, tried, error);
    stage.focus("#amount");
    stage.type_into("#amount", "45.123");
    settled().await;
    assert_eq!(
        stage.attribute("#amount", "aria-invalid"),
        None,
        "still typing"
    );
    stage.fire("#amount", "blur");
    settled().await;
    assert_eq!(
        stage.attribute("#amount", "aria-invalid").as_deref(),
        Some("true")
    );
    let words = described(&stage, "#amount");
    assert!(
        words.contains("EUR has 2 digits after the decimal point"),
        "{words}"
    );
    let region = stage.attribute(".field__wrong", "aria-live");
    assert_eq!(region.as_deref(), Some("polite"), "it is read out");
    assert_eq!(stage.value("#amount"), "45.123", "what was typed stays");
}

#[wasm_bindgen_test]
async fn each_fault_of_an_amount_has_its_words() {
    let (value, entry) = (RwSignal::new(String::new()), RwSignal::new(None));
    let (tried, error) = (RwSignal::new(false), RwSignal::new(None));
    let stage = money_field(value, entry, tried, error);
    tried.set(true);
    for (typed, words) in [
        ("", "Enter an amount."),
        ("forty", "Enter an amount like €1,045.00."),
        ("-5", "Leave out the minus sign."),
        (
            "99999999999999999999",
            "This amount is too large. Enter €10,000,000,000,000.00 or less.",
        ),
    ] {
        stage.type_into("#amount", typed);
        settled().await;
        assert_eq!(stage.text("#amount-error"), words, "`{typed}`");
    }
    stage.type_into("#amount", "1");
    error.set(Some("The least is €5.00.".to_owned()));
    settled().await;
    assert_eq!(stage.text("#amount-error"), "The least is €5.00.");
}

#[wasm_bindgen_test]
async fn an_amount_is_typed_by_the_habit_of_the_language() {
    let euros = Currency::parse("EUR").unwrap();
    for (tag, typed, amount) in [
        ("en-IE", "1,045.50", "1045.50"),
        ("de-DE", "1.045,50", "1045.50"),
        ("de-DE", "1.045", "1045.00"),
        ("fr-FR", "1\u{202F}045,50 €", "1045.50"),
        ("de-CH", "1’045.50", "1045.50"),
        ("es-ES", "12.345,5", "12345.50"),
        ("ar-EG", "١٬٠٤٥٫٥٠", "1045.50"),
        ("fa-IR", "۱٬۰۴۵٫۵", "1045.50"),
        ("hi-IN", "1,04,500", "104500.00"),
        ("mr-IN", "१,०४५", "1045.00"),
    ] {
        i18n::install(Catalogue::default(), tag, || 0);
        let read = i18n::money_entry(typed, euros).map(|money| money.amount_text());
        assert_eq!(read.as_deref(), Ok(amount), "`{typed}` in {tag}");
        // What stands in the field beforehand is typed by the same habit.
        let money = i18n::money_entry(typed, euros).unwrap();
        let again = i18n::money_entry(&i18n::money_entry_text(money), euros);
        assert_eq!(again, Ok(money), "{tag}");
    }
    speak();
}

#[wasm_bindgen_test]
async fn a_size_is_written_as_the_language_writes_it() {
    speak();
    assert_eq!(i18n::bytes(1_234_567), "1.2 MB");
    assert_eq!(i18n::bytes(0), "0 kB");
}

#[wasm_bindgen_test]
async fn a_list_to_choose_from_follows_its_value_both_ways() {
    let chosen = RwSignal::new("EUR".to_owned());
    let stage = Stage::show(move || {
        view! {
            <SelectField
                label="Currency"
                name="currency"
                choices=Signal::stored(vec![
                    Choice::new("", "Any"),
                    Choice::new("EUR", "Euro"),
                    Choice::new("PHP", "Peso"),
                ])
                value=chosen
                on_change=Callback::new(move |value| chosen.set(value))
            />
        }
        .into_any()
    });
    settled().await;
    assert_eq!(stage.value("#currency"), "EUR");
    assert_eq!(stage.text("label[for=currency]"), "Currency");
    stage.choose("#currency", "PHP");
    assert_eq!(chosen.get_untracked(), "PHP");
    chosen.set(String::new());
    settled().await;
    assert_eq!(stage.value("#currency"), "");
}

#[wasm_bindgen_test]
async fn a_list_shows_the_mark_of_what_is_chosen_and_no_screen_reader_reads_it() {
    let mark = RwSignal::new(Glyph::PaymentCard);
    let stage = Stage::show(move || {
        let drawing = move || view! { <Icon glyph=mark.get() /> }.into_any();
        view! {
            <SelectField
                label="Pay via"
                name="via"
                choices=Signal::stored(vec![Choice::new("card", "Card")])
                value=Signal::stored("card".to_owned())
                mark=drawing.into_any()
                on_change=Callback::new(|_| ())
            />
        }
        .into_any()
    });
    let drawn = || stage.attribute(".icon + .icon path", "d");
    let card = drawn();
    assert!(card.is_some());
    let hidden = stage.attribute(".icon + .icon", "aria-hidden");
    assert_eq!(hidden.as_deref(), Some("true"));
    mark.set(Glyph::Bank);
    settled().await;
    assert!(drawn().is_some() && drawn() != card);
}

#[wasm_bindgen_test]
async fn a_search_asks_at_a_pause_when_it_is_sent_and_when_it_is_emptied() {
    let (wanted, asked) = (RwSignal::new("tide".to_owned()), RwSignal::new(Vec::new()));
    let search = move |text: String| {
        asked.update(|asked| asked.push(text.clone()));
        wanted.set(text);
    };
    let stage = Stage::show(move || {
        view! {
            <SearchField
                label="Search invoices"
                name="search"
                value=wanted
                on_search=Callback::new(search)
            />
        }
        .into_any()
    });
    settled().await;
    assert_eq!(stage.value("#search"), "tide");
    stage.type_into("#search", "  harbour ");
    stage.fire("form", "submit");
    settled().await;
    assert_eq!(
        asked.get_untracked(),
        ["harbour"],
        "sent once, without its edges"
    );
    stage.type_into("#search", "");
    settled().await;
    assert_eq!(asked.get_untracked(), ["harbour", ""]);
    stage.type_only("#search", "sea ");
    assert_eq!(asked.with_untracked(Vec::len), 2, "it is still being typed");
    until(|| asked.with_untracked(|asked| asked.len() == 3)).await;
    assert_eq!(asked.get_untracked()[2], "sea");
    settled().await;
    assert_eq!(stage.value("#search"), "sea ", "what is typed stays");
    wanted.set("tide".to_owned());
    settled().await;
    assert_eq!(
        stage.value("#search"),
        "tide",
        "what comes from elsewhere is shown"
    );
    assert_eq!(stage.text("label[for=search]"), "Search invoices");
}

#[wasm_bindgen_test]
async fn a_box_is_ticked_by_its_label() {
    let on = RwSignal::new(false);
    let stage = Stage::show(move || {
        view! {
            <CheckField
                label="Include Only Outstanding"
                name="outstanding"
                checked=on
                on_change=Callback::new(move |ticked| on.set(ticked))
            />
        }
        .into_any()
    });
    stage.click("label");
    settled().await;
    assert!(on.get_untracked() && stage.is_checked("#outstanding"));
    on.set(false);
    settled().await;
    assert!(!stage.is_checked("#outstanding"));
}
