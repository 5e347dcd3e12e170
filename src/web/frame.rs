//! Frame: the rail, the menus and the greeting of a page, from what the request knows and which roles the reader has.
//!
//! Entries without a right are left out, never greyed.

use super::page::{Flash, FlashKind, Group, Nav, Page, Reader, Start};
use super::seed::Seed;
use crate::base::{By, Role};

/// The page of this request.
pub fn page(seed: &Seed) -> Page {
    let mut page = Page::new(seed.lang, seed.at, seed.zone);
    page.theme = seed.theme;
    page.density = seed.density;
    page.shortcuts = seed.shortcuts;
    page.demo = seed.demo;
    seed.company.as_ref().clone_into(&mut page.company);
    page.here.clone_from(&seed.here);
    page.csrf.clone_from(&seed.csrf);
    page.flash = seed.flash.clone().map(|said| Flash {
        kind: FlashKind::Done,
        text: said.text,
        undo: said.undo,
    });
    if let Some(staff) = seed.by.as_ref().and_then(By::staff) {
        let roles: Vec<&str> = staff.roles.iter().map(|role| role.label(page.t)).collect();
        page.reader = Some(Reader::new(staff.name(seed.lang), roles.join(" · ")));
        page.starts = starts(seed, &page);
        let nav = nav(seed, &page);
        page.set_nav(nav);
    }
    page
}

/// Where each role finds its work.
#[expect(
    clippy::too_many_lines,
    reason = "the rail and the bar, place by place"
)]
fn nav(seed: &Seed, page: &Page) -> Vec<Nav> {
    let t = page.t;
    let trades = Role::TRADES.iter().any(|role| seed.has(*role));
    let mut nav = vec![
        Nav::new(Group::Work, "/", "home", t.web_nav_home())
            .count(seed.counts.home, seed.counts.late > 0)
            .go("h"),
    ];
    if trades {
        nav.push(Nav::new(Group::Work, "/orders", "orders", t.web_nav_orders()).go("o"));
        nav.push(Nav::new(Group::Work, "/orders/board", "board", t.web_nav_board()).go("b"));
        nav.push(
            Nav::new(Group::Work, "/approvals", "approve", t.web_nav_approvals())
                .count(seed.counts.approvals, false)
                .go("a"),
        );
        nav.push(Nav::new(Group::Work, "/shipments", "ship", t.web_nav_shipments()).go("s"));
    }
    if seed.has(Role::Salesperson) || seed.has(Role::OrderOperator) || seed.has(Role::Manager) {
        nav.push(Nav::new(Group::Work, "/issues", "issue", t.issues_title()).go("i"));
    }
    if seed.has(Role::Finance) || seed.has(Role::Manager) {
        nav.push(Nav::new(Group::Work, "/finance", "settle", t.payment_queue_title()).go("f"));
    }
    if trades {
        nav.push(Nav::new(
            Group::Work,
            "/receipts",
            "bank",
            t.receipt_title(),
        ));
    }
    if seed.has(Role::OrderOperator) || seed.has(Role::Finance) || seed.has(Role::Manager) {
        nav.push(Nav::new(
            Group::Work,
            "/payables",
            "approve",
            t.payable_title(),
        ));
    }
    if seed.has(Role::Finance) {
        for (href, icon, label) in [
            ("/hand-overs", "paste", t.rebate_nav_hand_overs()),
            ("/verifications", "check", t.rebate_nav_verifications()),
            ("/rebates", "rebate", t.rebate_nav_rebates()),
        ] {
            nav.push(Nav::new(Group::Work, href, icon, label));
        }
    }
    let credits = [Role::OrderOperator, Role::Manager, Role::Finance];
    if credits.iter().any(|role| seed.has(*role)) {
        nav.push(Nav::new(Group::Work, "/credits", "lc", t.web_nav_credits()));
    }
    nav.push(Nav::new(
        Group::Data,
        "/customers",
        "person",
        t.web_nav_customers(),
    ));
    nav.push(Nav::new(
        Group::Data,
        "/factories",
        "factory",
        t.web_nav_factories(),
    ));
    nav.push(Nav::new(
        Group::Data,
        "/forwarders",
        "ship",
        t.web_nav_forwarders(),
    ));
    nav.push(Nav::new(
        Group::Data,
        "/products",
        "doc",
        t.web_nav_products(),
    ));
    nav.push(Nav::new(
        Group::Data,
        "/catalog",
        "anchor",
        t.catalog_title(),
    ));
    if seed.has(Role::Admin) || seed.has(Role::Finance) {
        nav.push(Nav::new(
            Group::House,
            "/company",
            "us",
            t.web_nav_company(),
        ));
    }
    if seed.has(Role::Admin) {
        nav.push(Nav::new(
            Group::House,
            "/users",
            "person",
            t.web_nav_users(),
        ));
    }
    if seed.has(Role::Admin) || seed.has(Role::Manager) || seed.has(Role::Finance) {
        nav.push(Nav::new(Group::House, "/audit", "clock", t.web_nav_audit()));
    }
    nav
}

/// The menu 新建 New.
fn starts(seed: &Seed, page: &Page) -> Vec<Start> {
    let mut starts = Vec::new();
    if seed.has(Role::Salesperson) || seed.has(Role::OrderOperator) {
        starts.push(Start {
            href: "/orders/new",
            icon: "orders",
            label: page.t.web_new_order(),
        });
        starts.push(Start {
            href: "/customers/new",
            icon: "person",
            label: page.t.web_new_customer(),
        });
    }
    starts
}
