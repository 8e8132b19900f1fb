"""Names for many invented people."""

from __future__ import annotations

# fmt: off
WOMEN = (
    "Adèle", "Aminata", "Anaïs", "Assia", "Aurélie", "Bahia", "Béatrice", "Camille", "Catarina",
    "Chantal", "Daria", "Dominique", "Élodie", "Emine", "Estelle", "Fanta", "Farida", "Fatoumata",
    "Gwenaëlle", "Hawa", "Inès", "Isabel", "Joséphine", "Karima", "Khady", "Laëtitia", "Leïla",
    "Linh", "Maëlle", "Maïmouna", "Manon", "Marie-Claude", "Mélanie", "Naïma", "Noémie", "Oksana",
    "Patricia", "Rachida", "Rokia", "Sabrina", "Salimata", "Solène", "Svetlana", "Tatiana",
    "Valérie", "Xuân", "Yolande", "Zohra",
)
MEN = (
    "Abdou", "Adrien", "Alassane", "Amir", "Anthony", "Bakary", "Baptiste", "Benoît", "Bogdan",
    "Boubacar", "Cédric", "Cheikh", "Christophe", "Damien", "David", "Djibril", "Étienne",
    "Fabrice", "Farid", "Florian", "Gérard", "Guillaume", "Hakim", "Hervé", "Ibrahima", "Ivan",
    "Jean-Marc", "Jérémy", "João", "Khalid", "Lamine", "Laurent", "Lucas", "Mathieu", "Mehdi",
    "Miguel", "Nabil", "Nicolas", "Oumar", "Pedro", "Quentin", "Rachid", "Sébastien", "Serhii",
    "Souleymane", "Tarek", "Vincent", "Youssef",
)
FAMILIES = (
    "Abbas", "Alvarez", "Amrani", "Arnaud", "Aubert", "Baldé", "Bamba", "Barbosa", "Belkacem",
    "Bernard", "Besson", "Bondarenko", "Bouazza", "Boyer", "Brun", "Camara", "Carvalho", "Chauvin",
    "Chevallier", "Cissokho", "Colin", "Costa", "Coulibaly", "Dembélé", "Denis", "Diakité", "Diop",
    "Doumbia", "Dubois", "Dumas", "Dupont", "Durand", "El Idrissi", "Étienne", "Fall", "Fernandes",
    "Fofana", "Fontaine", "Garcia", "Gauthier", "Gomes", "Guérin", "Haddad", "Hamidi", "Henry",
    "Ivanenko", "Jacob", "Kaba", "Kaya", "Keita", "Khelifi", "Kone", "Lacroix", "Lambert",
    "Lefebvre", "Legrand", "Lemaire", "Leroux", "Lopes", "Mahmoudi", "Marchand", "Martínez",
    "Mendes", "Mercier", "Meunier", "Moreau", "Moulin", "N’Diaye", "N’Dour", "Nikolov", "Noël",
    "Ouattara", "Ouedraogo", "Öztürk", "Pereira", "Perrin", "Phạm", "Pires", "Popescu", "Rahmani",
    "Renard", "Ribeiro", "Rodrigues", "Rousseau", "Roux", "Saïdi", "Sanchez", "Sané", "Santos",
    "Sidibé", "Silva", "Simon", "Sissoko", "Soumaré", "Sylla", "Tavares", "Tessier", "Thiam",
    "Trần", "Vasseur", "Vidal", "Yilmaz", "Zidane",
)
# fmt: on
