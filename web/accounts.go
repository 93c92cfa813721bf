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
}

// TokenRow is a token for the API; its secret is never shown again.
type TokenRow struct {
	ID                                    int64
	Name, Prefix, Scope, Expires, LastUse string
	Revoked                               bool
}

// TokensPage lists the tokens of the account; Fresh is the secret of one just made, shown once.
type TokensPage struct {
	Page
	Rows     []TokenRow
	Fresh    string
	Sections []Section
	Password []Field // the form that changes one's own password
}

// AuditRow is a line of the log.
type AuditRow struct {
	Number                            int64
	When, Who, Role, What, On, OnHref string
	Changes                           []ConflictField
	Address, Request                  string
}

// AuditPage is the log of changes and readings.
type AuditPage struct {
	Page
	Who, Action, From, To Field
	Rows                  []AuditRow
	Pager                 Pager
	Chain                 string // the sentence about the chain
	ChainOK               bool
}
