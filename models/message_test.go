package models

import "testing"

func TestClassMessage(t *testing.T) {
	class := Class{Name: "Nghiệp vụ công tác Hội, lớp 1", From: 20130603, To: 20130614, Room: "phòng 2", State: ClassNominating, NominateBy: 20130520, Contact: "Ban Tổ chức, 052 3822 000"}
	for _, x := range []struct {
		what string
		m    ClassMessage
		lang Lang
		want string
	}{
		{"an invitation", ClassMessage{Class: class, School: "Trường Chính trị tỉnh", Venue: "Hội trường A"}, Vi, "Kính mời các đơn vị cử học viên dự lớp.\nTên lớp: Nghiệp vụ công tác Hội, lớp 1\n" +
			"Thời gian: 03/06/2013 – 13/06/2013\nĐịa điểm: Hội trường A, phòng 2\nĐơn vị giảng dạy: Trường Chính trị tỉnh\nHạn cử học viên: 20/05/2013\nLiên hệ: Ban Tổ chức, 052 3822 000"},
		{"with people", ClassMessage{Class: Class{Name: "Lớp 1", From: 20130603, To: 20130604, State: ClassSeated}, People: []string{"Nguyễn Thị Lan (xã Mỹ Thủy)", "Trần Thị Mai (xã Phong Thủy)"}}, Vi,
			"Kính mời học viên dự lớp.\nTên lớp: Lớp 1\nThời gian: 03/06/2013\nDanh sách (2 người):\n1. Nguyễn Thị Lan (xã Mỹ Thủy)\n2. Trần Thị Mai (xã Phong Thủy)"},
		{"postponed", ClassMessage{Head: "Hoãn.", Class: Class{Name: "Lớp 1", From: 20130603, To: 20130604, State: ClassPostponed}}, Vi, "Hoãn.\nTên lớp: Lớp 1"},
		{"in English", ClassMessage{Class: Class{Name: "Lớp 1", State: ClassClosed}}, En, "About the class.\nClass: Lớp 1"},
	} {
		if got := x.m.Text(x.lang); got != x.want {
			t.Errorf("%s:\n%s\nwant\n%s", x.what, got, x.want)
		}
	}
}
