//! The ends of cells, rows and tables.

use super::flow::{COLUMNS, FlowKind};
use super::paragraph::Line;
use super::walk::Walk;
use crate::documents::read::page;
use crate::error::Result;

impl Walk<'_, '_> {
    pub(super) fn end_cell(&mut self) -> Result<()> {
        let Some(flow) = self.close_flow() else {
            return Ok(());
        };
        if let Some(table) = self.tables.last_mut() {
            // What the cell itself takes, and the free columns after it.
            let columns = table.row.cell.span.clamp(1, COLUMNS);
            self.page.spend(columns.saturating_mul(32))?;
            table.row.push(flow.flat());
        }
        Ok(())
    }

    pub(super) fn end_row(&mut self) -> Result<()> {
        let flat = self.is_flat();
        let Some(table) = self.tables.last_mut() else {
            return Ok(());
        };
        let mut row = std::mem::take(&mut table.row);
        let after = row.after;
        row.skip(after);
        if row.deleted || row.cells.is_empty() {
            return Ok(());
        }
        if flat {
            table.rows.push(row.cells);
            return Ok(());
        }
        match self.flows.last_mut() {
            Some(flow) if flow.kind != FlowKind::Body => {
                flow.lines.push(Line {
                    text: page::row(&row.cells),
                    level: None,
                });
                Ok(())
            }
            _ => {
                self.held = 0;
                self.page.row(&row.cells)
            }
        }
    }

    pub(super) fn end_table(&mut self) -> Result<()> {
        let Some(table) = self.tables.pop() else {
            return Ok(());
        };
        if !table.rows.is_empty() {
            self.page.warn(
                "nested-table",
                "表格的单元格里还有表格，里面的各行已接在该单元格的文字后面，请核对",
            );
            let rows = table.rows.iter().map(|cells| Line {
                text: cells.join(" "),
                level: None,
            });
            let rows = rows.collect();
            return self.take(rows, false);
        }
        match self.flows.last() {
            Some(flow) if flow.kind == FlowKind::Body => self.write_notes(),
            _ => Ok(()),
        }
    }
}
