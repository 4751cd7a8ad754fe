//! The checkout's driver with real windows, messages and storage, and a server
//! of the test's own.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use leptos::web_sys::{Element, window};
use portico::browser::listening::Listening;
use portico::browser::messages;
use portico::browser::storage::{self, Remembered};
use portico::checkout::machine::Event;
use portico::checkout::{
    Driver, MethodChange, Phase, Presenter, WindowView, last_method, redirect_state,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::checkout_server::{Alone, Refusal, Server, header, intent, token};
use crate::stage::{Stage, settled, until};

const OURS: &str = r#"{"ns":"portico.checkout","v":1,"t":"return","c":"co_1","n":"nonce"}"#;

/// A window that stands in for the payment window: a frame of the page's own.
struct Frame(Element);

impl Frame {
    fn new() -> Self {
        let frame = document().create_element("iframe").unwrap();
        document().body().unwrap().append_child(&frame).unwrap();
        Self(frame)
    }

    fn window(&self) -> JsValue {
        Reflect::get(&self.0, &"contentWindow".into()).unwrap()
    }

    /// Says something to the page, so that it comes out of this very window.
    fn say(&self, text: &str) {
        let eval: Function = Reflect::get(&self.window(), &"eval".into())
            .unwrap()
            .unchecked_into();
        let script = format!("parent.postMessage({}, '*')", quoted(text));
        eval.call1(&self.window(), &script.into()).unwrap();
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.0.remove();
    }
}

fn quoted(text: &str) -> String {
    js_sys::JSON::stringify(&text.into()).unwrap().into()
}

/// `window.open` does this until it is dropped.
struct Opens(JsValue);

impl Opens {
    fn with(body: &str, frame: Option<&Frame>) -> Self {
        let window = window().unwrap();
        let before = Reflect::get(&window, &"open".into()).unwrap();
        let make = Function::new_with_args("it", &format!("return function () {{ {body} }}"));
        let it = frame.map_or(JsValue::NULL, Frame::window);
        let open = make.call1(&JsValue::NULL, &it).unwrap();
        Reflect::set(&window, &"open".into(), &open).unwrap();
        Self(before)
    }
}

impl Drop for Opens {
    fn drop(&mut self) {
        Reflect::set(&window().unwrap(), &"open".into(), &self.0).unwrap();
    }
}

fn alone() -> (Rc<Alone>, Rc<Cell<u32>>) {
    // Whoever builds a page starts what runs its futures; nothing has to stand on it.
    drop(Stage::show(|| ().into_any()));
    let moved = Rc::new(Cell::new(0));
    let around = Alone {
        presenter: Presenter::Window,
        moved: Rc::clone(&moved),
    };
    (Rc::new(around), moved)
}

fn press(server: &Server) -> Driver<Server> {
    Driver::start(server.client(), intent(), alone().0).unwrap()
}

async fn pressed(server: &Server) -> Driver<Server> {
    let driver = press(server);
    until(|| phase(&driver) == Phase::Open).await;
    driver
}

fn phase(driver: &Driver<Server>) -> Phase {
    driver.machine().get_untracked().phase
}

fn view(driver: &Driver<Server>) -> WindowView {
    driver.machine().get_untracked().window
}

fn heard_by(driver: &Driver<Server>) -> Listening {
    let driver = driver.clone();
    messages::from_windows(1024, move |heard| driver.hear(&heard)).unwrap()
}

/// Waits until everything that the window has said so far has been heard.
async fn all_heard(window: &Frame) {
    let heard = Rc::new(Cell::new(false));
    let _last = {
        let heard = Rc::clone(&heard);
        messages::from_windows(1024, move |it| {
            if it.text == "the last one" {
                heard.set(true);
            }
        })
    };
    window.say("the last one");
    until(|| heard.get()).await;
    settled().await;
}

#[wasm_bindgen_test]
async fn the_payment_windows_own_message_makes_the_portal_ask_and_no_other_does() {
    let (server, window, other) = (Server::default(), Frame::new(), Frame::new());
    let _opens = Opens::with("return it", Some(&window));
    let driver = pressed(&server).await;
    let _listening = heard_by(&driver);
    other.say(OURS);
    window.say(&OURS.replace(r#""v":1"#, r#""v":2"#));
    window.say(&OURS.replace("nonce", "forged"));
    window.say(&OURS.replace("co_1", "co_2"));
    window.say(&format!("{OURS}{}", " ".repeat(1_000_000)));
    window.say("paid");
    all_heard(&window).await;
    assert_eq!(server.asked("/co_1").len(), 0);
    server.says("paid", true);
    window.say(OURS);
    until(|| phase(&driver) == Phase::Paid).await;
    assert_eq!(server.asked("/co_1").len(), 1);
}

#[wasm_bindgen_test]
async fn after_a_reload_the_nonce_has_to_do() {
    let (server, window) = (Server::default(), Frame::new());
    let id = api_types::CheckoutId::parse("co_1").unwrap();
    let checkout = server.client().checkout(&id).await.unwrap();
    let driver = Driver::resume(server.client(), checkout, alone().0);
    let _listening = heard_by(&driver);
    server.says("paid", true);
    window.say(&OURS.replace("nonce", "forged"));
    all_heard(&window).await;
    assert_eq!(phase(&driver), Phase::Open);
    window.say(OURS);
    until(|| phase(&driver) == Phase::Paid).await;
}

#[wasm_bindgen_test]
async fn a_flood_of_messages_costs_one_question_and_one_after_it() {
    let (server, window) = (Server::default(), Frame::new());
    let _opens = Opens::with("return it", Some(&window));
    let driver = pressed(&server).await;
    let _listening = heard_by(&driver);
    server.hold(true);
    let flood = format!(
        "for (let n = 0; n < 5000; n++) parent.postMessage({}, '*')",
        quoted(OURS)
    );
    let eval: Function = Reflect::get(&window.window(), &"eval".into())
        .unwrap()
        .unchecked_into();
    eval.call1(&window.window(), &flood.into()).unwrap();
    all_heard(&window).await;
    assert_eq!(server.asked("/co_1").len(), 1);
    server.says("paid", true);
    server.hold(false);
    until(|| phase(&driver) == Phase::Paid).await;
    until(|| server.asked("/co_1").len() == 2).await;
}

#[wasm_bindgen_test]
async fn a_window_that_does_not_open_leaves_a_link_with_a_token_of_its_own() {
    for does in ["return null", "return undefined", "throw new Error('no')"] {
        let server = Server::default();
        let _opens = Opens::with(does, None);
        let driver = pressed(&server).await;
        assert_eq!(view(&driver), WindowView::Blocked, "{does}");
        until(|| driver.link().get_untracked().is_some()).await;
        let first = token(&server.asked("/checkouts")[0]);
        let second = token(&server.asked("/launches")[0]);
        assert_eq!((first.len(), second.len()), (43, 43));
        assert_ne!(first, second);
        let link = driver.link().get_untracked().unwrap();
        assert!(link.ends_with(&format!("pay/launch#{second}")), "{link}");
    }
}

#[wasm_bindgen_test]
async fn a_window_that_opened_though_it_gave_no_handle_needs_no_link() {
    let server = Server::default();
    server.says("open", true);
    let _opens = Opens::with("return null", None);
    let driver = pressed(&server).await;
    assert_eq!(view(&driver), WindowView::OutOfReach);
    assert!(server.asked("/launches").is_empty());
}

#[wasm_bindgen_test]
async fn the_window_opens_before_anything_is_asked() {
    let (server, window) = (Server::default(), Frame::new());
    let _opens = Opens::with("it.opened = true; return it", Some(&window));
    server.hold(true);
    let driver = press(&server);
    let opened = Reflect::get(&window.window(), &"opened".into()).unwrap();
    assert!(opened.is_truthy());
    assert!(server.asked("").is_empty(), "asked inside the click");
    server.hold(false);
    until(|| phase(&driver) == Phase::Open).await;
}

#[wasm_bindgen_test]
async fn another_device_gets_an_absolute_address_with_a_token_of_its_own() {
    let (server, window) = (Server::default(), Frame::new());
    let _opens = Opens::with("return it", Some(&window));
    let driver = pressed(&server).await;
    assert_eq!(driver.qr_link().get_untracked(), None);
    driver.qr();
    until(|| driver.qr_link().get_untracked().is_some()).await;
    let link = driver.qr_link().get_untracked().unwrap();
    let announced = token(&server.asked("/launches")[0]);
    let origin = portico::browser::page::origin().unwrap();
    assert!(link.starts_with(&format!("{origin}/")), "{link}");
    assert!(link.ends_with(&announced), "{link}");
    assert_ne!(announced, token(&server.asked("/checkouts")[0]));
    server.says("paid", true);
    driver.tell(Event::Hinted);
    until(|| phase(&driver) == Phase::Paid).await;
    assert_eq!(driver.qr_link().get_untracked(), None);
}

fn request() -> MethodChange {
    let intent = intent();
    MethodChange {
        method: intent.method,
        option: None,
        displayed_total: intent.displayed_total,
        window: true,
        although_open: false,
    }
}

#[wasm_bindgen_test]
async fn a_change_whose_answer_was_lost_is_the_same_request_again() {
    let (server, window) = (Server::default(), Frame::new());
    let _opens = Opens::with("return it", Some(&window));
    let driver = pressed(&server).await;
    server.refuse(Some(Refusal::Away));
    driver.change(request());
    assert!(driver.machine().get_untracked().changing);
    until(|| !driver.machine().get_untracked().changing).await;
    server.refuse(None);
    driver.change(request());
    until(|| server.asked("/attempts").len() == 2).await;
    let sent = server.asked("/attempts");
    let key = |at: usize| header(&sent[at], api_types::IDEMPOTENCY_HEADER).unwrap();
    assert_eq!((key(0), token(&sent[0])), (key(1), token(&sent[1])));
}

#[wasm_bindgen_test]
async fn a_page_that_stays_open_is_left_only_after_a_yes() {
    let (server, window) = (Server::default(), Frame::new());
    let _opens = Opens::with("return it", Some(&window));
    let driver = pressed(&server).await;
    driver.change_anyway();
    settled().await;
    assert!(server.asked("/attempts").is_empty(), "nobody was told yet");
    server.refuse(Some(Refusal::PageStillOpen));
    driver.change(request());
    until(|| driver.machine().get_untracked().old_page_open).await;
    assert_eq!(view(&driver), WindowView::Shown);
    server.refuse(None);
    driver.change_anyway();
    until(|| server.asked("/attempts").len() == 2).await;
    let sent = server.asked("/attempts");
    let says_yes = |at: usize| {
        sent[at]
            .body
            .clone()
            .unwrap()
            .contains(r#""although_open":true"#)
    };
    assert_eq!((says_yes(0), says_yes(1)), (false, true));
    let key = |at: usize| header(&sent[at], api_types::IDEMPOTENCY_HEADER);
    assert_ne!(key(0), key(1), "it is another request");
}

#[wasm_bindgen_test]
async fn another_person_hears_nothing_of_what_was_asked_before() {
    let (server, window) = (Server::default(), Frame::new());
    let _opens = Opens::with("return it", Some(&window));
    let (around, moved) = alone();
    server.hold(true);
    let driver = Driver::start(server.client(), intent(), around).unwrap();
    until(|| server.asked("/checkouts").len() == 1).await;
    driver.retire();
    let id = api_types::CheckoutId::parse("co_1").unwrap();
    server.hold(false);
    // This is answered after what was asked before it.
    server.client().checkout(&id).await.unwrap();
    settled().await;
    assert_eq!((phase(&driver), moved.get()), (Phase::Opening, 0));
}

#[wasm_bindgen_test]
fn a_tab_remembers_what_it_left_with_and_forgets_it() {
    let id = api_types::CheckoutId::parse("co_1").unwrap();
    redirect_state::remember(Some(&id), "pay");
    let remembered = redirect_state::recall().unwrap();
    assert_eq!(
        (remembered.checkout, remembered.button_id.as_str()),
        (id, "pay")
    );
    let path = storage::get(Remembered::LeftPath).unwrap();
    assert!(path.starts_with('/'), "{path}");
    let device = window().unwrap().local_storage().unwrap().unwrap();
    let kept = device.get_item("portico.left.checkout").unwrap();
    assert_eq!(kept, None, "it is this tab's alone");
    redirect_state::forget();
    assert_eq!(redirect_state::recall(), None);
    redirect_state::remember(None, "pay");
    assert_eq!(
        redirect_state::recall(),
        None,
        "there is no checkout to come back to yet"
    );
    redirect_state::forget();
}

#[wasm_bindgen_test]
async fn the_method_that_money_goes_by_is_remembered_and_no_other() {
    let window = Frame::new();
    let _opens = Opens::with("return it", Some(&window));
    let card = Some(intent().method);
    for (states, remembered) in [
        (["failed"].as_slice(), None),
        (&["expired"], None),
        (&["paid"], card.clone()),
        (&["confirming"], card),
        (&["confirming", "cancelled"], None),
    ] {
        storage::set(Remembered::LastMethod, None);
        let server = Server::default();
        let driver = pressed(&server).await;
        for status in states {
            let before = phase(&driver);
            server.says(status, true);
            driver.tell(Event::Hinted);
            until(|| phase(&driver) != before).await;
        }
        assert_eq!(last_method::recall(), remembered, "{states:?}");
    }
    storage::set(Remembered::LastMethod, None);
}
