//! 设备: the salon's devices, for managers. Asked of the salon while there is a network; nothing of it is kept here.

mod backup_line;
mod device_acts;
mod device_row;
mod devices_page;
mod leave_out;
mod new_code;
mod set_aside;

pub use devices_page::DevicesPage;
