package models

// Obstacle (trở ngại) is something found about a plan or a request: what it is, about whom, with what, when, and whether it forbids the
// step or only warns. Code is a words key with its parameters; WayOut one, too, "" when there is none.
type Obstacle struct {
	Code     string            `json:"code"`
	Blocking bool              `json:"blocking"`
	CadreID  int64             `json:"cadre_id,omitempty"`
	ClassID  int64             `json:"class_id,omitempty"` // the other class, in a clash
	From     Date              `json:"from,omitempty"`
	To       Date              `json:"to,omitempty"`
	Params   map[string]string `json:"params,omitempty"`
	WayOut   string            `json:"way_out,omitempty"`
}

// Text is the obstacle as a sentence.
func (o Obstacle) Text(lang Lang) string { return sentence(lang, o.Code, o.Params) }

// Block and Warn make an obstacle; params come as name, value pairs.
func Block(code string, params ...string) Obstacle { return newObstacle(true, code, params) }

// Warn makes an obstacle that may be overridden with a reason.
func Warn(code string, params ...string) Obstacle { return newObstacle(false, code, params) }

func newObstacle(blocking bool, code string, params []string) Obstacle {
	o := Obstacle{Code: code, Blocking: blocking}
	for i := 0; i+1 < len(params); i += 2 {
		if o.Params == nil {
			o.Params = map[string]string{}
		}
		o.Params[params[i]] = params[i+1]
	}
	return o
}

// Blocked tells whether one of the obstacles forbids the step.
func Blocked(list []Obstacle) bool {
	for _, o := range list {
		if o.Blocking {
			return true
		}
	}
	return false
}
