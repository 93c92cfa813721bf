package web

import (
	"net/http"
	"testing"

	"datchuan/sheets"
)

// The grade file goes out with the learners, comes back filled in, and nothing is written when a cell of it is wrong.
func TestGradeFile(t *testing.T) {
	w := newClassSite(t)
	seats := w.run(w.chairs[0], w.chairs[1])
	school, href := w.as("hoc-vien"), classHref(w.class.ID)
	w.want(school.get(href+"?tab=results"), http.StatusOK, "Tải bảng điểm Excel", `enctype="multipart/form-data"`, `href="`+href+`/grades"`)
	file := school.get(href + "/grades")
	if file.status != http.StatusOK || file.header.Get("Content-Type") != xlsxType {
		t.Fatalf("%d %s", file.status, file.header)
	}
	w.want(school.follow(school.sendFile(href+"/grades", "bang-diem.xlsx", []byte(file.html))), http.StatusOK, "0 điểm thay đổi")

	book, err := w.core.GradeBook(w.ctx, w.province, w.class.ID)
	if err != nil || len(book.Lines) != 2 || len(book.Columns) != 4 {
		t.Fatalf("%+v, %v", book, err)
	}
	fill := func(scores ...int) []byte {
		for i := range scores {
			book.Lines[i].Scores[0] = &scores[i]
		}
		data, err := sheets.Grades(book)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	w.want(school.sendFile(href+"/grades", "bang-diem.xlsx", fill(75, 990)), http.StatusUnprocessableEntity, "Dòng 7, cột F", "“99,0” không phải là điểm", `href="#f-file"`)
	if sheet, err := w.core.Results(w.ctx, w.province, w.class.ID); err != nil || len(sheet.Lines[0].Scores)+len(sheet.Lines[1].Scores) != 0 {
		t.Errorf("a refused file left scores: %+v, %v", sheet.Lines, err)
	}
	good := fill(75, 40)
	w.want(school.follow(school.sendFile(href+"/grades", "bang-diem.xlsx", good)), http.StatusOK, "2 điểm thay đổi")
	province := w.as("ban-to-chuc")
	w.want(province.follow(province.sendFile(href+"/grades", "bang-diem.xlsx", good)), http.StatusOK, "0 điểm thay đổi")
	w.want(school.sendFile(href+"/grades", "bang-diem.xlsx", []byte("không phải Excel")), http.StatusUnprocessableEntity, "không phải bảng tính .xlsx")
	for _, who := range []string{"le-thuy", "xem-tinh", "xa-my-thuy"} {
		w.want(w.as(who).get(href+"/grades"), http.StatusForbidden)
		w.want(w.as(who).sendFile(href+"/grades", "bang-diem.xlsx", good), http.StatusForbidden)
	}

	if err := w.core.LeaveClass(w.ctx, w.province, seats[1].ID, "nghỉ ốm dài"); err != nil {
		t.Fatal(err)
	}
	w.want(school.sendFile(href+"/grades", "bang-diem.xlsx", good), http.StatusUnprocessableEntity, "không có trong danh sách đang học")
}
