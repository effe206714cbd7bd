//! The commands, one file each. Exit codes: 0 done; 1 refused, with one line on standard error
//! that says what, where and what to do; 2 wrong usage.

mod background;
mod backup;
mod demo;
mod document;
mod export;
mod folders;
mod health;
mod import;
mod mail;
mod output;
mod password;
mod restore;
mod serve;
mod site;
mod staff;

use crate::error::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// 建言 Jianyan: public consultation for government offices.
#[derive(Parser)]
#[command(name = "jianyan", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a demonstration with a sample consultation
    Demo(demo::Options),
    /// Run the service
    Serve(serve::Options),
    /// Make a consultation from a notice file and publish it
    Import(import::Options),
    /// Read plan files
    Document(document::Options),
    /// Read and register letters
    Mail(mail::Options),
    /// Export the drafting-response summary
    Export(export::Options),
    /// Copy database, stored files and, when asked, the key into a folder
    Backup(backup::Options),
    /// Put a backup into an empty place
    Restore(restore::Options),
    /// Manage accounts of the office
    Staff(staff::Options),
    /// Ask a running service whether it is well (for health checks)
    Health(health::Options),
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    crate::private_files::keep_private();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to standard output with 0, wrong usage to standard error with 2.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let status = match &arguments.command {
        Command::Mail(options) => mail::status(options),
        _ => 1,
    };
    let done: Result<()> = match arguments.command {
        Command::Demo(options) => demo::run(&options),
        Command::Serve(options) => serve::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Document(options) => document::run(&options),
        Command::Mail(options) => mail::run(&options),
        Command::Export(options) => export::run(&options),
        Command::Backup(options) => backup::run(&options),
        Command::Restore(options) => restore::run(&options),
        Command::Staff(options) => staff::run(&options),
        Command::Health(options) => health::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            ExitCode::from(status)
        }
    }
}
