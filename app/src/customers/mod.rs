//! 顾客: finding a customer, and adding one.

mod customer_row;
mod customers_page;
mod elsewhere;
mod in_the_salon;
mod look_alikes;
mod new_customer;

pub use customers_page::CustomersPage;
pub use look_alikes::LookAlikes;
