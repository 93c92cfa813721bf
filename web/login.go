package web

// LoginPage is the sign-in form. NoCookie tells that the browser will drop our cookie on this address, so that
// signing in can't work until the server is reached over https or started with --insecure-lan.
type LoginPage struct {
	Page
	Next       string
	Name, Pass Field
	NoCookie   bool
}

// SetupPage makes the first account, reached by the one-time address that the server printed.
type SetupPage struct {
	Page
	Token                   string
	Full, Name, Pass, Again Field
	Map, Province           Field
	Expired                 bool
}

// NewLogin builds the form with what was typed.
func NewLogin(p Page, next, name string) *LoginPage {
	p.Title = p.T("login.title")
	v := &LoginPage{Page: p, Next: next}
	v.Name = v.Field(Field{Name: "login", Label: v.T("login.name"), Value: name, Required: true, Autocomplete: "username"})
	v.Pass = v.Field(Field{Name: "password", Label: v.T("login.password"), Type: "password", Required: true,
		Autocomplete: "current-password"})
	return v
}

// NewSetup builds the form with what was typed.
func NewSetup(p Page, token, full, name string) *SetupPage {
	p.Title = p.T("setup.title")
	v := &SetupPage{Page: p, Token: token}
	v.Full = v.Field(Field{Name: "name", Label: v.T("account.full_name"), Value: full, Required: true, Autocomplete: "name"})
	v.Name = v.Field(Field{Name: "login", Label: v.T("login.name"), Value: name, Required: true, Autocomplete: "username",
		Hint: v.T("account.login_hint")})
	v.Pass = v.Field(Field{Name: "password", Label: v.T("login.password"), Type: "password", Required: true,
		Autocomplete: "new-password", Hint: v.T("account.password_hint")})
	v.Again = v.Field(Field{Name: "password_again", Label: v.T("account.password_again"), Type: "password", Required: true,
		Autocomplete: "new-password"})
	v.startMap(mapQuangBinh, "")
	return v
}

// mapQuangBinh chooses the reference map; anything else starts with a province of a name.
const mapQuangBinh = "quang-binh"

// startMap asks which units the installation starts with.
func (v *SetupPage) startMap(chosen, province string) {
	v.Map = v.Field(Field{Name: "map", Label: v.T("setup.map"), Type: "radio", Hint: v.T("setup.map_hint"), Options: Choose(chosen,
		Option{Value: mapQuangBinh, Label: v.T("setup.map_quang_binh")}, Option{Value: "province", Label: v.T("setup.map_other")})})
	v.Province = v.Field(Field{Name: "province", Label: v.T("setup.province"), Value: province, MaxLength: 160})
}

// ExpiredPage keeps a form whose sender's session had run out.
type ExpiredPage struct {
	Page
	Action string
	Hidden []Field
}
