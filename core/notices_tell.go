package core

import (
	"slices"

	"datchuan/models"
)

// news is what a use case has to tell when its transaction ends: about a class, and about the cadres concerned.
type news struct {
	kind   models.NoticeKind
	class  models.Class
	cadres []int64
}

// tell notes what others are to be told of; the notices are written with the change. Whom they reach is decided by scope alone.
func (tx *Tx) tell(kind models.NoticeKind, class models.Class, cadres ...int64) {
	tx.news = append(tx.news, news{kind, class, cadres})
}

// stepNews are the kinds of notice that follow from a step of a class.
func stepNews(before models.ClassState, to models.ClassState) models.NoticeKind {
	switch {
	case to == models.ClassNominating && before == models.ClassApproved:
		return models.NoticeOpened
	case to == models.ClassCancelled && !slices.Contains(hiddenStates, before):
		return models.NoticeCancelled
	case to == models.ClassPostponed && !slices.Contains(hiddenStates, before):
		return models.NoticePostponed
	case to == models.ClassCompleted && before == models.ClassClosed:
		return models.NoticeReopened
	case to == models.ClassCompleted:
		return models.NoticeSent
	case to == models.ClassAwaiting && before == models.ClassCompleted:
		return models.NoticeSentBack
	case to == models.ClassClosed:
		return models.NoticeClosed
	}
	return ""
}

// tellStep tells of a step before its consequences are written, while seats and requests still stand.
func (tx *Tx) tellStep(class models.Class, before models.ClassState) error {
	kind := stepNews(before, class.State)
	if kind == "" {
		return nil
	}
	if !kind.Audience().Home {
		tx.tell(kind, class)
		return nil
	}
	var seats, requests []int64
	if err := tx.Model(&models.Enrolment{}).Where("class_id = ? AND seat IN ?", class.ID, []models.SeatState{models.Waiting, models.Seated}).
		Pluck("cadre_id", &seats).Error; err != nil {
		return err
	}
	if err := tx.Model(&models.Nomination{}).Where("class_id = ? AND state IN ?", class.ID, []models.NominationState{models.Submitted, models.Returned}).
		Pluck("cadre_id", &requests).Error; err != nil {
		return err
	}
	cadres := slices.Concat(seats, requests)
	slices.Sort(cadres)
	tx.tell(kind, class, slices.Compact(cadres)...)
	return nil
}

// reader is an account that may be told of something, with her scope on today's map.
type reader struct {
	ID       int64
	Role     models.Role
	School   string
	UnitID   int64
	Path     string
	Language models.Lang
	Email    string
}

// deliver writes the notices of the transaction: one for each reader, kind and class, however many people it is about.
func (tx *Tx) deliver() error {
	if len(tx.news) == 0 {
		return nil
	}
	readers, err := tx.readers()
	if err != nil {
		return err
	}
	paths, err := tx.cadrePaths()
	if err != nil {
		return err
	}
	var out []models.Notice
	for _, r := range readers {
		first := len(out)
		for _, n := range tx.news {
			cadres, told := n.reaches(r, paths)
			if !told {
				continue
			}
			same := func(o models.Notice) bool { return o.Kind == n.kind && o.ClassID == n.class.ID }
			if i := slices.IndexFunc(out[first:], same); i >= 0 {
				out[first+i].Cadres = append(out[first+i].Cadres, cadres...)
				continue
			}
			out = append(out, models.Notice{AccountID: r.ID, Kind: n.kind, ClassID: n.class.ID, Cadres: cadres, At: tx.at})
		}
	}
	if len(out) == 0 {
		return nil
	}
	if err := tx.CreateInBatches(out, 200).Error; err != nil {
		return err
	}
	return tx.post(out, readers)
}

// readers are the accounts that may be told of classes, other than who acts, each with her scope.
func (tx *Tx) readers() ([]reader, error) {
	var roles []models.Role
	for _, role := range models.Roles {
		if role == models.SchoolOfficer || role.May(models.Nominate) {
			roles = append(roles, role)
		}
	}
	var out []reader
	err := tx.Model(&models.Account{}).Select("accounts.id, role, school, accounts.unit_id, language, email, COALESCE(unit_spans.path, '') AS path").
		Joins("LEFT JOIN unit_spans ON unit_spans.unit_id = accounts.unit_id AND unit_spans.valid_from <= ? AND unit_spans.valid_to > ?", tx.today(), tx.today()).
		Where("NOT disabled AND role IN ? AND accounts.id <> ?", roles, tx.actor.AccountID).Order("accounts.id").Scan(&out).Error
	return out, err
}

// cadrePaths is where the cadres of the news are at home.
func (tx *Tx) cadrePaths() (map[int64]string, error) {
	var ids []int64
	for _, n := range tx.news {
		ids = append(ids, n.cadres...)
	}
	out := map[int64]string{}
	for part := range slices.Chunk(ids, 500) {
		if err := namesOf(tx.Model(&models.Cadre{}).Select("id", "path").Where("id IN ?", part), out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// reaches tells whether a reader is told, and of which cadres: those of her own scope.
func (n news) reaches(r reader, paths map[int64]string) ([]int64, bool) {
	to, cadres := n.kind.Audience(), []int64{}
	if r.Role == models.SchoolOfficer {
		return cadres, to.School && n.class.School != "" && r.School == n.class.School
	}
	switch {
	case r.Path == "":
		return cadres, false
	case models.UnderPath(n.class.Path, r.Path): // she, or somebody above the holder, has the class in her own hands
		return cadres, to.Holder && r.UnitID == n.class.UnitID
	case to.Below:
		return cadres, models.UnderPath(r.Path, n.class.Path)
	case !to.Home:
		return cadres, false
	}
	for _, id := range n.cadres {
		if models.UnderPath(paths[id], r.Path) {
			cadres = append(cadres, id)
		}
	}
	return cadres, len(cadres) > 0
}
