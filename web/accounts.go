package web

// AccountRow is an account in the list.
type AccountRow struct {
	ID                             int64
	Name, Login, Role, Scope, Seen string
	Disabled, Self                 bool
	Sessions                       int
	Href                           string
}

// AccountsPage lists the accounts.
type AccountsPage struct {
	Page
	Rows []AccountRow
}

// AccountFormPage adds or changes an account.
type AccountFormPage struct {
	Page
	ID                 int64
	Action, Back, ETag string
	Sections           []Section
	Disable, EndAll    string // addresses of what can be done to it, "" when not
	Disabled           bool
	Sessions           int
	Reset              string  // address that sets a new password, "" for an account that is not there yet
	Password           []Field // of the form there
	Tokens             []TokenRow
}

// TokenRow is a token for the API; its secret is never shown again.
type TokenRow struct {
	ID                                    int64
	Name, Prefix, Scope, Expires, LastUse string
	Revoked, Expired                      bool
}

// TokenTable is a list of tokens; Account is the account on whose page it stands, 0 on one's own.
type TokenTable struct {
	Rows    []TokenRow
	Account int64
}

// TokenTable is the list as a template shows it.
func (v *AccountFormPage) TokenTable() TokenTable { return TokenTable{v.Tokens, v.ID} }

// TokenTable is the list as a template shows it.
func (v *TokensPage) TokenTable() TokenTable { return TokenTable{v.Rows, 0} }

// TokensPage lists the tokens of the account; Fresh is the secret of one just made, shown once.
type TokensPage struct {
	Page
	Rows          []TokenRow
	Fresh         string
	Fields        []Field
	Permissions   []Option
	PermissionsE  string  // what is wrong with them
	Password      []Field // the form that changes one's own password
	Email         Field
	Calendar      *CalendarView // nil for who reads no classes
	FreshCalendar string        // its address, shown once
}

// AuditRow is a line of the log.
type AuditRow struct {
	Number                            int64
	When, Who, Role, What, On, OnHref string
	Changes                           []FieldDiff
}

// AuditPage is the log of changes and readings.
type AuditPage struct {
	Page
	Who, Action, From, To Field
	Kept                  []Field // what the address says and no input shows
	Rows                  []AuditRow
	Next, First           string // addresses of the older rows and of the newest, "" when there are none
	Chain                 string // the sentence about the chain
	ChainOK               bool
}
