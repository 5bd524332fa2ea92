//! See `server::cli` for what the program can do.

fn main() -> std::process::ExitCode {
    server::cli::main()
}
