//! What a page forgets when somebody signs out, and what it must leave alone.

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use leptos::web_sys::{Storage, window};
use portico::browser::storage::{self, Remembered};
use portico::state::{SessionState, provide_api, provide_session};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled, until};

const ALL: [Remembered; 5] = [
    Remembered::TimeZone,
    Remembered::LastMethod,
    Remembered::LeftCheckout,
    Remembered::LeftPath,
    Remembered::LeftButton,
];

/// A server at which `ada` is signed in until she signs out. It stands in until it is dropped.
struct Server(JsValue);

impl Server {
    fn start() -> Self {
        let global = js_sys::global();
        let before = Reflect::get(&global, &"fetch".into()).unwrap();
        let answer = Function::new_with_args(
            "request",
            r#"const session = { customer: 'ada', name: 'Ada', email: 'ada@example.com',
                 idle_ends_at: '2026-11-21T12:30:00Z', ends_at: '2026-11-22T00:00:00Z' };
               const headers = { 'content-type': 'application/json' };
               return Promise.resolve(request.method === 'DELETE'
                 ? new Response(null, { status: 204 })
                 : new Response(JSON.stringify(session), { headers }));"#,
        );
        Reflect::set(&global, &"fetch".into(), &answer).unwrap();
        Self(before)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        Reflect::set(&js_sys::global(), &"fetch".into(), &self.0).unwrap();
    }
}

fn storages() -> [Storage; 2] {
    let window = window().unwrap();
    [
        window.session_storage().unwrap().unwrap(),
        window.local_storage().unwrap().unwrap(),
    ]
}

/// Remembers everything that there is, beside something of the provider's own.
fn remember_all() {
    for what in ALL {
        storage::set(what, Some("something"));
    }
    for storage in storages() {
        storage.set_item("theirs", "something").unwrap();
    }
}

fn remembered() -> Vec<Remembered> {
    ALL.into_iter()
        .filter(|what| storage::get(*what).is_some())
        .collect()
}

/// What is the provider's is still there; then it goes, so that no other test finds it.
fn theirs_is_left_alone() {
    for storage in storages() {
        let theirs = storage.get_item("theirs").unwrap();
        assert_eq!(theirs.as_deref(), Some("something"));
        storage.remove_item("theirs").unwrap();
    }
    storage::set(Remembered::TimeZone, None);
}

async fn signed_in() -> (Stage, SessionState) {
    let made = StoredValue::new(None::<SessionState>);
    let stage = Stage::show(move || {
        provide_api();
        made.set_value(Some(provide_session()));
        ().into_any()
    });
    let session = made.get_value().unwrap();
    until(|| untrack(|| session.session().is_some())).await;
    (stage, session)
}

#[wasm_bindgen_test]
async fn signing_out_forgets_what_is_the_persons_and_nothing_else() {
    let _server = Server::start();
    remember_all();
    let (_stage, session) = signed_in().await;
    // Whoever comes back from the payment provider is only now known to be signed in.
    assert_eq!(remembered(), ALL);
    session.sign_out().await.unwrap();
    settled().await;
    assert_eq!(untrack(|| session.session()), None);
    assert_eq!(remembered(), [Remembered::TimeZone]);
    theirs_is_left_alone();
}

#[wasm_bindgen_test]
async fn a_session_that_ends_by_itself_forgets_just_as_much() {
    let _server = Server::start();
    remember_all();
    let (_stage, session) = signed_in().await;
    session.ended();
    assert_eq!(remembered(), [Remembered::TimeZone]);
    theirs_is_left_alone();
}
