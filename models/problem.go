package models

// Problem (vấn đề) is something found about a plan or a request: what it is, about whom, with what, when, and whether it forbids the
// step or only warns. Code is a words key with its parameters; WayOut one, too, "" when there is none.
type Problem struct {
	Code     string            `json:"code"`
	Blocking bool              `json:"blocking"`
	CadreID  int64             `json:"cadre_id,omitempty"`
	ClassID  int64             `json:"class_id,omitempty"` // the other class, in a clash
	From     Date              `json:"from,omitempty"`
	To       Date              `json:"to,omitempty"`
	Params   map[string]string `json:"params,omitempty"`
	WayOut   string            `json:"way_out,omitempty"`
}

// Text is the problem as a sentence, with levels in words.
func (f Problem) Text(lang Lang) string {
	params := make([]string, 0, 2*len(f.Params))
	for k, v := range f.Params {
		if k == "level" {
			v = Word(lang, v)
		}
		params = append(params, k, v)
	}
	return Word(lang, f.Code, params...)
}

// Block and Warn make a problem; params come as name, value pairs.
func Block(code string, params ...string) Problem { return newProblem(true, code, params) }

// Warn makes a problem that may be overridden with a reason.
func Warn(code string, params ...string) Problem { return newProblem(false, code, params) }

func newProblem(blocking bool, code string, params []string) Problem {
	f := Problem{Code: code, Blocking: blocking}
	for i := 0; i+1 < len(params); i += 2 {
		if f.Params == nil {
			f.Params = map[string]string{}
		}
		f.Params[params[i]] = params[i+1]
	}
	return f
}

// Blocked tells whether one of the problems forbids the step.
func Blocked(list []Problem) bool {
	for _, f := range list {
		if f.Blocking {
			return true
		}
	}
	return false
}
