//! Views that know no server and no page: values in, callbacks out.
//!
//! A component's CSS class is its file's name; its parts follow `__`, its
//! variants `--`; its states are attributes.

mod account_menu;
mod amount;
mod as_of;
mod badge;
mod balance_card;
mod button;
mod card;
mod checkout_panel;
mod contact;
mod data_table;
mod date_block;
mod empty_state;
mod field;
mod icon;
mod invoice_document;
mod invoice_lines;
mod invoice_row;
mod invoice_table;
mod live_region;
mod notice;
mod page_heading;
mod pager;
mod panel_model;
mod panel_words;
mod pay_button;
mod pay_notice;
mod payment_table;
mod shell;
mod skeleton;
mod tabs;
mod tile;

pub use amount::Amount;
pub use as_of::{AsOf, Freshness};
pub use badge::StatusBadge;
pub use balance_card::BalanceCard;
pub use button::{Button, ButtonKind, Look};
pub use card::Card;
pub use checkout_panel::CheckoutPanel;
pub use contact::Contact;
pub use data_table::{Cell, Column, DataTable, Slot};
pub use date_block::DateBlock;
pub use empty_state::EmptyState;
pub use field::{Field, FieldKind};
pub use icon::{Glyph, Icon};
pub use invoice_document::InvoiceDocument;
pub use invoice_row::{InvoiceRow, Rows};
pub use invoice_table::InvoiceTable;
pub use live_region::LiveRegion;
pub use notice::{Notice, NoticeTone};
pub use page_heading::{PAGE_HEADING_ID, PageHeading};
pub use pager::Pager;
pub use panel_model::{PanelAction, PanelView, Stage};
pub use pay_button::PayButton;
pub use pay_notice::{PayNotice, PayTerms};
pub use payment_table::PaymentTable;
pub use shell::{CONTENT_ID, Person, Place, Shell};
pub use skeleton::{Skeleton, SkeletonOf};
pub use tabs::{Tab, Tabs};
pub use tile::Tile;
