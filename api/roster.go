package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"

	"datchuan/core"
	"datchuan/models"
	"datchuan/sheets"
)

// ReadRoster reads the people of a roster (.xlsx or .csv). Without a mapping it proposes one; used is the mapping that
// was read with. Findings are those of the file, the rows carry their own.
func ReadRoster(data []byte, mapping *sheets.Mapping) (rows []models.RosterRow, used sheets.Mapping, findings []models.Finding, err error) {
	wb, err := openBook(data)
	if err != nil {
		return nil, used, nil, err
	}
	if mapping != nil {
		used = *mapping
	} else {
		used = wb.Propose(wb.Main())
	}
	rows, findings = wb.Read(used)
	return rows, used, findings, nil
}

// ProposeMapping is how a file will probably be read: as the account last read one with the same header, else by the
// words of the header.
func ProposeMapping(ctx context.Context, c *core.Core, actor models.Actor, data []byte) (m sheets.Mapping, remembered bool, err error) {
	wb, err := openBook(data)
	if err != nil {
		return m, false, err
	}
	return recall(ctx, c, actor, wb, wb.Propose(wb.Main()))
}

// recall puts what the account remembers of a header in the place of a proposal.
func recall(ctx context.Context, c *core.Core, actor models.Actor, wb *sheets.Workbook, m sheets.Mapping) (sheets.Mapping, bool, error) {
	text, err := c.RememberedMapping(ctx, actor, m.Key())
	if err != nil || text == "" {
		return m, false, err
	}
	var saved sheets.Mapping
	if err := json.Unmarshal([]byte(text), &saved); err != nil {
		return m, false, err
	}
	if fitted, ok := wb.FitSheet(saved, m.Sheet); ok {
		return fitted, true, nil
	}
	return m, false, nil
}

// AlignDays lets the reading of a roster and what is done with it speak of one day: the chosen one, else that of the
// mapping. When neither names one, the file is read as of the working date and core decides.
func AlignDays(ctx context.Context, c *core.Core, m *sheets.Mapping, choices *core.ImportChoices) {
	choices.AsOf = cmp.Or(choices.AsOf, m.AsOf)
	m.AsOf = cmp.Or(choices.AsOf, c.Today(ctx))
}

// openBook takes what is no workbook for text with commas; sheets refuses what is neither.
func openBook(data []byte) (*sheets.Workbook, error) {
	if len(data) == 0 || bytes.HasPrefix(data, []byte("PK")) || bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0}) {
		return sheets.Open(data)
	}
	return sheets.OpenCSV(data)
}
