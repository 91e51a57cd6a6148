"""Invented people, and the spellings that one name has at different desks: each line is one name.

The spellings were written by hand from how such names are seen in the Netherlands, after the matching and by the
same hand, and in their own script; none was made by the rules that they measure.
"""

from __future__ import annotations

from typing import Final

GIVEN: Final = tuple(
    tuple(line.split())
    for line in """
Mohammed Muhammad Mohamed Mohamad Muhammed Mohammad محمد
Ahmed Ahmad Achmed Ahmet أحمد
Yusuf Youssef Yousef Yussuf Jusuf Joesoef يوسف
Abdullah Abdulla Abdallah Abdoullah عبدالله
Abdelrahman Abdurrahman Abdul-Rahman Abderrahman عبدالرحمن
Khaled Khalid Haled Chalid خالد
Omar Umar Oumar Omer عمر
Hassan Hasan Hassane حسن
Hussein Husain Hossein Houssein Hoessein حسين
Ibrahim Ebrahim Ibraheem Ibrahiem إبراهيم
Mustafa Mostafa Moustapha Mustapha مصطفى
Said Saeed Sayid Saïd سعيد
Fatima Fatma Fatimah Faatima فاطمة
Aisha Aicha Ayesha Aïsha Aischa عائشة
Khadija Khadidja Hadija Chadija خديجة
Zainab Zeinab Zaynab Zeynep زينب
Maryam Mariam Meryem Miriam Maryām مريم
Layla Leila Laila Leyla ليلى
Nasser Naser Nasir Nacer ناصر
Jamal Djamal Gamal Jamaal جمال
Samir Sameer Samier سمير
Karim Kareem Kariem Karīm كريم
Rashid Rachid Rasheed Rasjied رشيد
Tariq Tarek Tarik Tareq طارق
Tesfay Tesfai Tesfaye Tesfaj ተስፋይ
Gebre Ghebre Gebra Gäbrä ገብረ
Haile Hayle Hailé Haylé ኃይለ
Berhane Birhane Brhane Berhané ብርሃነ
Selam Selaam Sälam Salem ሰላም
Yohannes Johannes Yohanes Yohanis ዮሃንስ
Mehari Mehary Mahari Meharie መሓሪ
Kidane Kidané Qidane Kidanie ኪዳነ
Tsehay Tsehaye Sehay Tsehai ፀሃይ
Abebe Abebbe Abäbä Abebé አበበ
Almaz Almas Elmaz Almāz አልማዝ
Dawit Davit Dawid Dawiet ዳዊት
Reza Riza Rezza Rézâ رضا
Mehdi Mahdi Mehdy Mahdī مهدی
Farhad Ferhad Farhaad Farhād فرهاد
Shirin Sjirin Chirine Schirin شیرین
Parviz Parwiz Perviz Parwez پرویز
Aleksandr Alexander Alexandr Oleksandr Александр
Dmitri Dmitry Dimitri Dmitrij Дмитрий
Sergey Sergei Sergej Serguei Сергей
Yevgeny Evgeni Evgeny Jevgeni Евгений
Nataliya Natalya Natalia Nathalia Наталия
Yuliya Julia Yulia Iulia Юлия
Vladimir Wladimir Volodymyr Vladímir Владимир
Mamadou Mamadu Mamoudou Mammadou
Ousmane Usman Osman Ousman
Ibou Ibu Iboe Iboù
Nguyen Nguyên Ngyuen Nguyễn
""".strip().splitlines()
)
FAMILY: Final = tuple(
    tuple(line.split())
    for line in """
Al-Hassani Alhassani El-Hassani Hassani الحسني
Al-Masri Almasri El-Masri Masri المصري
Al-Khatib El-Khatib Khateeb Alkhatib الخطيب
Haddad Hadad Hadaad Haddād حداد
Mansour Mansur Mansoor Mansoer منصور
Sharif Cherif Sjarif Shareef شريف
Qasim Kassem Kasim Qassem قاسم
Rahimi Raheemi Rahiemi Rahîmi رحیمی
Karimi Kareemi Kariemi Karīmi کریمی
Hosseini Husseini Hoseini Hossaini حسینی
Ahmadi Ahmady Achmadi Ahmadī احمدی
Rezai Rezaei Rezaie Rezayi رضایی
Mohammadi Mohamadi Muhammadi Mohammadie محمدی
Nazari Nazary Nazarie Nazāri نظری
Sultani Soltani Sultany Soeltani سلطانی
Ghebremedhin Gebremedhin Gebremedin Gebremedhn ገብረመድህን
Tekle Teclé Tekleh Täklä ተክለ
Woldu Weldu Woldoe Wäldu ወልዱ
Habtemariam Habtemaryam Habte-Mariam Habtämaryam ሃብተማርያም
Tewolde Tewelde Tewelde Tewoldé ተወልደ
Negash Negasj Negasch Nägash ነጋሽ
Asfaha Asfeha Asfaaha Asfäha ኣስፍሃ
Gebreselassie Gebresilasie Ghebreselassie Gebrselasie ገብረስላሴ
Bekele Bekkele Beqele Bäqälä በቀለ
Kebede Kebbede Kebedde Käbbädä ከበደ
Mengistu Mengisto Mengestu Mängəstu መንግስቱ
Tadesse Taddese Tadese Taddässä ታደሰ
Shevchenko Sjevtsjenko Chevtchenko Schewtschenko Шевченко
Kuznetsov Koeznetsov Kuznecov Kouznetsov Кузнецов
Ivanov Iwanow Ivanoff Ivanow Иванов
Petrenko Petrenco Pétrenko Petrienko Петренко
Sokolova Sokolowa Socolova Sokolóva Соколова
Magomedov Magomedow Magomedoff Mahomedov Магомедов
Zhukov Joukov Zjoekov Shukow Жуков
Khodorov Chodorow Hodorov Khodoroff Ходоров
Diallo Jallow Djallo Diallow
Traore Traoré Traorei Trawore
Camara Kamara Camarra Kamarà
Keita Keïta Keyta Keitta
Sissoko Cissoko Sissokho Cissokho
Okafor Okafour Okaforr Ókafor
Yılmaz Yilmaz Yilmas Jilmaz
Öztürk Ozturk Oztürk Oezturk
Demirci Demirchi Demirdji Demircı
Şahin Sahin Shahin Schahin
Çelik Celik Chelik Tsjelik
Pham Phạm Fam Phamm
Singh Sing Singgh Síngh
Warsame Warsameh Varsame Warsamé
Abdi Cabdi Abdie Abdy
Hajdari Haydari Hajdary Heidari حیدری
Berisha Berisja Berischa Berišha
""".strip().splitlines()
)
STRANGERS: Final = tuple(
    line.strip()
    for line in """
Thandeka Nkosinathi
Bartholomeus Quaghebeur
Ximena Guadalupe Orozco
Wojciech Brzęczyszczykiewicz
Siobhan O'Flaherty
Kwabena Boakye
Ingeborg Thorvaldsen
Chukwuemeka Onwudiwe
Lakshmi Venkataraman
Hirofumi Takeuchi
Lupita Zaragoza
Fenna Postma
Gwendolyn Hargreaves
Tadhg Ruaidhri
Zsófia Kerekes
Bongani Dlamini
Pimchanok Suwannarat
Eleftherios Papadopoulos
Joaquim Figueiredo
Rosalinde Verstraeten
""".strip().splitlines()
)
