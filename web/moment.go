package web

import "datchuan/models"

// moment writes an instant on the clock of Vietnam, "" for none.
func moment(i models.Instant) string {
	if i == 0 || i == models.Never {
		return ""
	}
	return i.Time().In(models.Hanoi).Format("02/01/2006 15:04")
}
