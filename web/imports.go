package web

import "datchuan/web/charts"

// ImportLine is a past import in the list.
type ImportLine struct {
	ID                          int64
	File, When, Who, Unit       string
	New, Changed, Same, Blocked int
	State, StateWord            string // draft, running, done, undone, failed
	Href                        string
}

// ImportUploadPage is the first step of the wizard and the list of past imports.
type ImportUploadPage struct {
	Page
	Steps       []Step
	File, Unit  Field
	Past        []ImportLine
	Pager       Pager
	MaxMB, Rows int
}

// ColumnGuess is a column of the file with what it was taken for.
type ColumnGuess struct {
	Letter, Header string
	Samples        []string
	Choice         Field
	Encoding       Field     // when there is something to choose
	Sure           string    // the word for how sure: certain, guessed, remembered
	Converted      [2]string // before and after decoding, when a legacy font was found
}

// ImportMappingPage is the second step: encoding and columns.
type ImportMappingPage struct {
	Page
	Steps          []Step
	ID             int64
	File, Shown    string  // Shown names the sheet and header rows that the columns below belong to
	Reading        []Field // sheet, header rows, day
	Defaults       []Field // what the file does not say of all its people
	Columns        []ColumnGuess
	Findings       []FindingLine
	EncodingNote   string
	EncodingBefore string
	EncodingAfter  string
	Source         string // where the reading comes from
	Remember       Field
}

// FindingLine is a finding with its place and way out.
type FindingLine struct {
	Sheet, Cell, Value, Text, Suggestion string
	Blocking                             bool
}

// PreviewRow is a row of the file with what applying it would do.
type PreviewRow struct {
	Row                     int
	Name, Birth, Unit, Post string
	Outcome, OutcomeWord    string // new, changed, unchanged, error, skipped
	Changes                 []FieldDiff
	Findings                []FindingLine
	Match                   string  // address of the record that it was matched with
	Choice                  Field   // what to do with the row
	Boxes                   []Field // take the file's side, end the post in the way
}

// FieldDiff is a field before and after.
type FieldDiff struct{ Label, Before, After string }

// ImportPreviewPage is the third step: nothing has been written yet.
type ImportPreviewPage struct {
	Page
	Steps    []Step
	ID       int64
	File     string
	Figures  []KeyFigure
	Findings []FindingLine // of the whole file
	Units    []Field       // names that no unit answers to, each with its choice
	Whole    []Field       // answers for all rows
	Tabs     []Tab
	Show     string
	Rows     []PreviewRow
	Pager    Pager
	MayApply bool
	Blocked  int
	Last     string // why writing it was refused before
	ErrorsXL string // address of the file with the errors as cell comments, "" when none
}

// ImportProgressPage shows a running import; it asks again by itself every two seconds.
type ImportProgressPage struct {
	Page
	Steps       []Step
	ID          int64
	File        string
	Done, Total int
	Bar         charts.Bar
	Phase       string
}

// ImportReportPage is the last step: what was done, and the way back.
type ImportReportPage struct {
	Page
	Steps     []Step
	ID        int64
	File      string
	State     string // done, undone, failed, discarded
	Figures   []KeyFigure
	Findings  []FindingLine
	More      int // findings that are not shown
	UndoUntil string
	MayUndo   bool
	Gaps      string
	Reason    string // why it failed
}

// ConfirmPage asks once before something with consequences, on a page of its own.
type ConfirmPage struct {
	Page
	Action, Back, Text, Yes string
	Points                  []string
	Hidden                  []Field
	Danger                  bool
	Reason                  *Field
}
