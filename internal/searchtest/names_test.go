package searchtest

import "strings"

// A world is where the invented people come from. Two worlds share no city and hardly a name, so that
// what was tuned on one is not measured on it.
type world struct {
	name      string
	given     []string // the most common first
	family    []string // the most common first
	syllables []string // of family names made by rule
	cities    []city
	nicknames map[string][]string // by given name
}

// A city has its county, its ZIP codes and about where it lies.
type city struct {
	name, state, county string
	zips                []string
	latitude, longitude float64
}

var stateNames = map[string]string{"WA": "Washington", "OR": "Oregon", "ID": "Idaho"}

// develop is the world to work with.
var develop = &world{
	name: "develop",
	given: strings.Fields(`Elizabeth William Katherine Robert Maria Susan Thomas Deborah Patricia James Anna Christine Joseph
		Rebecca Matthew Laura Daniel Michelle Samantha Benjamin Ana Victoria Jonathan Priya Wei Amara Noor Hannah Diego
		Mei Oksana Yuki Fatima Ingrid Samir Leilani Sofía José Zoë Renée Björn Chloé Inés Élodie Søren Thuy Kwame
		Nadia Oluwaseun Ravi Tatiana Ulrike Xiomara Yasmin Abdi Bronwyn Caoimhe Delphine Eamon Farid Greta Hideo
		Ilse Jamal Keiko Lakshmi Mateo Nkechi Omar Paloma Quentin Rosalind Siddharth Tomás Ursula Viggo Wanda Zeynep
		Mary-Ann Jean-Luc Min-ji Ruth Grace Faith Joy Kim Lee Dana Robin Casey Rowan Morgan`),
	family: strings.Fields(`Smith Johnson Garcia Nguyen Miller Davis Rodriguez Martinez Anderson Taylor Thomas Moore Jackson Martin Lee
		Thompson White Lopez Gonzalez Harris Clark Lewis Young Walker Hall Allen King Wright Hernandez Hill Green Adams
		Baker Nelson Mitchell Campbell Roberts Carter Phillips Evans Turner Torres Parker Collins Edwards Stewart Morris
		Murphy Cook Rogers Kim Park Chen Patel Singh Tran Larsen Olson Hansen Petrov Ivanova Kowalski Nowak Müller Schröder
		García López Núñez Muñoz Peña Ibáñez Jovanović Dvořák Åkesson Lindström Gómez Brontë François Høgh Okafor Mbeki Haddad
		Rahman Tanaka Sato Yamamoto Kaur Costa Silva Rossi Moretti Dubois Lefèvre O'Brien O'Connor O'Neill D'Angelo McCarthy
		MacDonald Featherstonehaugh Papadopoulos Venkataraghavan Bhattacharya Wojciechowski Quiroga Castellanos Abernathy
		Rosenfeld Bondarenko Takahashi Hollingsworth`),
	syllables: strings.Fields(`bar cal den fen gor hal kes lin mar nor pel quin ros sel tor ul ven wes yar zan ber cor del fal gan
		hor jas ker lam mon nev or pas ral ston tham ver wick zel bro cla dri fra gre kno plu sta tri`),
	cities: []city{
		{"Seattle", "WA", "King", []string{"98103", "98122", "98115"}, 47.61, -122.33},
		{"Portland", "OR", "Multnomah", []string{"97205", "97214"}, 45.52, -122.67},
		{"Tacoma", "WA", "Pierce", []string{"98402", "98405"}, 47.25, -122.44},
		{"Spokane", "WA", "Spokane", []string{"99201", "99203"}, 47.66, -117.42},
		{"Boise", "ID", "Ada", []string{"83702", "83706"}, 43.62, -116.21},
		{"Bellevue", "WA", "King", []string{"98004"}, 47.61, -122.20},
		{"Eugene", "OR", "Lane", []string{"97401"}, 44.06, -123.09},
		{"Olympia", "WA", "Thurston", []string{"98501"}, 47.03, -122.88},
		{"Vancouver", "WA", "Clark", []string{"98660"}, 45.63, -122.67},
		{"Bellingham", "WA", "Whatcom", []string{"98225"}, 48.75, -122.48},
		{"Salem", "OR", "Marion", []string{"97301"}, 44.94, -123.03},
		{"Bend", "OR", "Deschutes", []string{"97701"}, 44.06, -121.31},
		{"Everett", "WA", "Snohomish", []string{"98201"}, 47.98, -122.20},
		{"Kirkland", "WA", "King", []string{"98033"}, 47.68, -122.20},
		{"Yakima", "WA", "Yakima", []string{"98901"}, 46.60, -120.50},
		{"Meridian", "ID", "Ada", []string{"83642"}, 43.61, -116.39},
		{"Moscow", "ID", "Latah", []string{"83843"}, 46.73, -117.00},
		{"Astoria", "OR", "Clatsop", []string{"97103"}, 46.19, -123.83},
		{"Ellensburg", "WA", "Kittitas", []string{"98926"}, 47.00, -120.55},
		{"Port Angeles", "WA", "Clallam", []string{"98362"}, 48.11, -123.44},
		{"Lake Oswego", "OR", "Clackamas", []string{"97034"}, 45.41, -122.68},
		{"Friday Harbor", "WA", "San Juan", []string{"98250"}, 48.53, -123.02},
	},
	nicknames: map[string][]string{
		"Elizabeth": {"Liz", "Beth", "Betsy", "Eliza", "Lizzie"}, "William": {"Bill", "Will", "Billy"}, "Katherine": {"Kate", "Kathy", "Katie"},
		"Robert": {"Bob", "Rob", "Bobby"}, "Susan": {"Sue", "Susie"}, "Thomas": {"Tom"}, "Deborah": {"Deb", "Debbie"}, "Patricia": {"Pat", "Patty", "Trish"},
		"James": {"Jim", "Jimmy", "Jamie"}, "Christine": {"Chris", "Tina"}, "Joseph": {"Joe"}, "Rebecca": {"Becky", "Becca"}, "Matthew": {"Matt"},
		"Daniel": {"Dan", "Danny"}, "Michelle": {"Shelly"}, "Samantha": {"Sam"}, "Benjamin": {"Ben"}, "Victoria": {"Vicky", "Tori"}, "Jonathan": {"Jon"},
		"Rosalind": {"Roz"}, "José": {"Pepe"},
	},
}

// report is the world for the published figures.
var report = &world{
	name: "report",
	given: strings.Fields(`Margaret Richard Jennifer Alexander Barbara Michael Theodore Susanna Charles Catherine Edward Abigail Anthony
		Judith Nicholas Pamela Steven Teresa Andrew Gregory Cynthia Frederick Jessica Kenneth Nancy Amina Bea Carmen Devika Eleni Farah Goran
		Hina Iris Jonas Kemi Liv Marek Noura Oona Pavel Quynh Rosa Stellan Tova Umar Vera Wren Xenia Yusuf Zofia Adélaïde
		Agnès Andrés Begoña Bożena Céline Désirée Émile Françoise Gülsen Héctor Íñigo Jürgen Léa Łucja Maëlle Mónica Nuño
		Óscar Raúl Siân Vítor Ayelet Babatunde Chiara Dmitri Esperanza Folake Gwendolyn Hyun-woo Isolde Jacinta Kaveh
		Lorenzo Malala Nikhil Odalys Pranav Rukmini Shira Tendai Usha Violeta Wambui Yevgenia Zainab Anne-Marie Jo-Ellen
		Hope Ivy Dale Jordan Avery Quinn Sage Skyler`),
	family: strings.Fields(`Williams Brown Jones Wilson Perez Sanchez Ramirez Robinson Scott Flores Rivera Gomez Diaz Cruz Reyes
		Morales Ortiz Gutierrez Cooper Peterson Bailey Reed Kelly Howard Ramos Cox Ward Richardson Watson Brooks Chavez Wood
		James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Myers Long Ross Foster Jimenez Liu Wang Zhang Yang
		Huang Wu Shah Gupta Kumar Le Pham Hoang Vo Jensen Pedersen Nilsson Berg Sokolov Volkov Popova Zieliński Wójcik Fischer
		Weiß Jäger Krüger Fernández Martínez Pérez Sánchez Ordóñez Çelik Şahin Horváth Németh Novák Ødegård Bjørnstad Guðmundsdóttir
		Adeyemi Mensah Diallo Khoury Nasser Hussain Suzuki Watanabe Kobayashi Dhillon Ferreira Almeida Bianchi Ricci Moreau
		Château O'Sullivan O'Malley O'Hara D'Souza McKenzie MacLeod Throckmorton Karagiannis Ramanathan Chattopadhyay
		Szczepański Villanueva Montenegro Kaczmarek Blumenthal Kryvonis Matsumoto Cholmondeley Underwood Applegate`),
	syllables: strings.Fields(`ash bol cam dor el fis gil hed ing jor kal lub mel nag ost pim rad sul tem und vol wim yel zor bran
		chel dal erk fos gart hul isk jen kov lund mar nis ott por rik shaw tov urb vin wol zim gle pra sko twi`),
	cities: []city{
		{"Renton", "WA", "King", []string{"98057", "98055"}, 47.48, -122.21},
		{"Hillsboro", "OR", "Washington", []string{"97124", "97123"}, 45.52, -122.99},
		{"Kennewick", "WA", "Benton", []string{"99336"}, 46.21, -119.14},
		{"Coeur d'Alene", "ID", "Kootenai", []string{"83814"}, 47.68, -116.78},
		{"Redmond", "WA", "King", []string{"98052"}, 47.67, -122.12},
		{"Corvallis", "OR", "Benton", []string{"97330"}, 44.57, -123.27},
		{"Gresham", "OR", "Multnomah", []string{"97030"}, 45.50, -122.43},
		{"Puyallup", "WA", "Pierce", []string{"98371"}, 47.19, -122.29},
		{"Nampa", "ID", "Canyon", []string{"83651"}, 43.58, -116.56},
		{"Medford", "OR", "Jackson", []string{"97501"}, 42.32, -122.87},
		{"Wenatchee", "WA", "Chelan", []string{"98801"}, 47.42, -120.31},
		{"Walla Walla", "WA", "Walla Walla", []string{"99362"}, 46.06, -118.34},
		{"Bremerton", "WA", "Kitsap", []string{"98337"}, 47.57, -122.63},
		{"Mount Vernon", "WA", "Skagit", []string{"98273"}, 48.42, -122.33},
		{"Idaho Falls", "ID", "Bonneville", []string{"83402"}, 43.49, -112.03},
		{"Pocatello", "ID", "Bannock", []string{"83201"}, 42.87, -112.45},
		{"Ashland", "OR", "Jackson", []string{"97520"}, 42.19, -122.71},
		{"Hood River", "OR", "Hood River", []string{"97031"}, 45.71, -121.52},
		{"Port Townsend", "WA", "Jefferson", []string{"98368"}, 48.12, -122.76},
		{"Gig Harbor", "WA", "Pierce", []string{"98335"}, 47.33, -122.58},
		{"Twin Falls", "ID", "Twin Falls", []string{"83301"}, 42.56, -114.46},
		{"Pullman", "WA", "Whitman", []string{"99163"}, 46.73, -117.18},
	},
	nicknames: map[string][]string{
		"Margaret": {"Maggie", "Meg", "Peggy", "Marge"}, "Richard": {"Dick", "Rich", "Rick"}, "Jennifer": {"Jen", "Jenny"}, "Alexander": {"Alex", "Sandy"},
		"Barbara": {"Barb", "Babs"}, "Michael": {"Mike", "Mickey"}, "Theodore": {"Ted", "Theo", "Teddy"}, "Charles": {"Charlie", "Chuck"},
		"Catherine": {"Cathy", "Cate"}, "Edward": {"Eddie", "Ted", "Ned"}, "Abigail": {"Abby"}, "Anthony": {"Tony"}, "Judith": {"Judy"}, "Nicholas": {"Nick"},
		"Pamela": {"Pam"}, "Steven": {"Steve"}, "Teresa": {"Terry", "Tess"}, "Andrew": {"Andy", "Drew"}, "Gregory": {"Greg"}, "Cynthia": {"Cindy"},
		"Frederick": {"Fred", "Freddie"}, "Jessica": {"Jess", "Jessie"}, "Kenneth": {"Ken", "Kenny"}, "Nancy": {"Nan"}, "Susanna": {"Susie", "Sue"},
		"Gwendolyn": {"Gwen"},
	},
}
