/**
 * Words that belong together, so that a message reaches an agent whose description uses another word of the field.
 *
 * General vocabulary, as a dictionary of subjects has it; a field is named for its readers alone.
 */
export const WORD_FIELDS: Readonly<Record<string, string>> = {
  'software design':
    'architecture system design scalability scale monolith microservice service module component interface boundary ' +
    'coupling pattern event-driven queue throughput load trade-off structure refactor modular dependency layer capacity',
  'web interface':
    'frontend react css html browser page button layout mobile responsive ui ux screen window modal dialog menu form ' +
    'navigation widget animation font colour color contrast theme accessibility reader scroll click hover icon tooltip ' +
    'safari chrome firefox phone iphone android tablet vue angular svelte viewport render',
  backend:
    'backend server api endpoint rest graphql database sql query table index row insert update join transaction schema ' +
    'migration key postgres mysql sqlite redis cache node java handler request response timeout orm session null ' +
    'exception crash',
  testing:
    'test testing tester quality assurance coverage covered case regression suite unit e2e end-to-end flaky mock ' +
    'fixture assertion automation verify verification reproduce playwright selenium jest edge',
  security:
    'security secure authentication authorization login password token encryption encrypt vulnerability exploit attack ' +
    'attacker hacker steal leak injection scripting xss csrf hash salt certificate tls permission secret threat breach ' +
    'audit firewall malware phishing',
  operations:
    'devops deployment deploy docker container kubernetes cluster pod release rollback production staging pipeline ' +
    'continuous integration ci monitoring monitor alarm alert metric log uptime restart node disk memory cpu terraform ' +
    'helm cloud aws azure outage incident infrastructure',
  documentation:
    'documentation document docs readme tutorial guide manual changelog technical writing howto reference comment ' +
    'handbook onboarding example install',
  literature:
    'research literature source paper study publication publish article journal find search look citation cite reference ' +
    'evidence fact original author history discover first archive review survey library described investigate',
  prose:
    'writing write writer story storytelling style prose paragraph sentence text draft rewrite shorten shorter abstract ' +
    'introduction summary summarize summarise condense headline tone wording edit essay lively chapter blog phrase ' +
    'readable word poem reader',
  critique:
    'review reviewer critique criticism criticize feedback weak weakness flaw logic logical consistency argument ' +
    'conclusion premise circular convincing objection manuscript evaluate assess contradiction fallacy judge rigor',
  statistics:
    'statistics statistical analysis probability sample mean median variance deviation correlation regression significance ' +
    'significant hypothesis t-test anova confidence interval distribution bayesian experiment percentage average ' +
    'estimate series size subject outlier power compute calculate',
  anatomy:
    'anatomy bone muscle organ nerve joint tendon ligament skeleton spine vertebra rib skull humerus femur tibia biceps ' +
    'kidney liver lung stomach brain tissue attach shoulder knee hip artery vein gland pelvis',
  pharmacology:
    'drug medication medicine dosage dose side effect interaction tablet pill antibiotic painkiller ibuprofen aspirin ' +
    'paracetamol warfarin amoxicillin insulin blocker receptor milligram mg pharmacology prescription vaccine overdose ' +
    'contraindication absorb',
  cardiology:
    'heart cardiac cardiology blood pressure pulse circulation artery coronary infarction arrhythmia ecg systolic ' +
    'diastolic palpitation hypertension valve atrial stroke cholesterol vessel beat chest irregular',
  nutrition:
    'nutrition nutrient diet dietary food eat eating meal vitamin mineral protein iron calcium carbohydrate fat fiber ' +
    'calorie vegan vegetarian vegetable fruit lentil sugar weight supplement breakfast healthy allergy lactose gluten',
  learning:
    'exam examination test study learn learning revise revision quiz flash card final preparation prepare practice ' +
    'memorize lesson course student school semester grade plan homework mock schedule memorise question',
  strategy:
    'strategy strategic business market competition competitor rival growth grow expand expansion enter acquire ' +
    'acquisition merger product position vision goal future direction opportunity portfolio partner advantage copy ' +
    'priority invest years',
  finance:
    'finance financial budget accounting cash flow money cost price profit margin revenue expense spend spent pay ' +
    'salary invoice tax loan debt investment quarter forecast balance interest break-even even payment bank fund',
  marketing:
    'marketing brand branding campaign advertising advertisement advert ad social media instagram tiktok facebook ' +
    'follower influencer slogan launch audience newsletter promotion customer viral logo seo sponsor press ' +
    'conversion leads',
  law:
    'contract agreement law legal compliance privacy gdpr clause liability lawsuit sue court regulation license patent ' +
    'copyright trademark terms dispute supplier enforceable non-disclosure nda lawyer allowed may consent retention keep ' +
    'warranty breach',
  people:
    'hiring hire employee staff recruit recruitment interview candidate job colleague boss team culture training ' +
    'onboard onboarding intern quit fire promotion vacation motivation conflict applicant manager personnel ' +
    'resignation receptionist wellbeing workplace',
  cooking:
    'cooking cook recipe baking bake ingredient oven pan roast fry boil grill dough sourdough bread yeast flour cake sauce ' +
    'soup chicken meat fish pasta rice spice salt butter egg kitchen dinner lunch dish marinate knife vegetable rise ' +
    'simmer dessert',
  travel:
    'travel trip journey flight fly airport hotel hostel train bus ticket sightseeing sight museum visit tour tourist ' +
    'itinerary visa passport luggage beach city vacation holiday booking see cheap cheaper destination border weekend',
  fitness:
    'fitness exercise workout training train strength muscle run running marathon kilometre kilometer jog squat push-up ' +
    'plank gym repetition set weight lift stretch endurance cardio stamina coach beginner warm-up sore yoga bench',
  gardening:
    'garden gardening plant soil pest leaf leaves flower rose tomato seed sow water fertilizer compost prune tree shrub ' +
    'lawn grass weed bloom root aphid snail slug greenhouse harvest pot hedge mulch sun',
  cars:
    'car vehicle engine motor repair brake tyre tire oil gear clutch battery exhaust noise squeal rattle mechanic ' +
    'garage fuel diesel wheel steering motorway highway drive start ignition light lamp warning suspension radiator ' +
    'windscreen',
  grammar:
    'grammar tense verb noun adjective adverb pronoun preposition sentence structure clause subjunctive passive plural ' +
    'article conjugate conjugation syntax comma punctuation word order who whom past perfect correct correction case ' +
    'gender',
  pronunciation:
    'pronunciation pronounce accent intonation sound say stress syllable vowel consonant speak tongue phonetic rhythm ' +
    'voice silent rhyme mouth loud hear native pitch',
  vocabulary:
    'vocabulary word meaning mean idiom synonym antonym expression phrase slang definition define dictionary term ' +
    'collocation etymology proverb difference',
  translation:
    'translation translate translator localization localize language french english german spanish italian chinese ' +
    'japanese letter version into subtitle bilingual',
  customs:
    'culture cultural custom etiquette polite rude tradition manners gift greet greeting bow shoe tip tipping guest host ' +
    'taboo religion festival holiday gesture table invite invited country local',
  'data engineering':
    'data pipeline etl elt warehouse lake streaming stream kafka spark airflow batch ingest ingestion load nightly ' +
    'bigquery snowflake partition schema transform job extract move table sync backfill',
  'data reporting':
    'dashboard reporting report metric kpi visualization visualize chart graph plot trend month revenue funnel retention ' +
    'cohort segment show number figure compare insight spreadsheet excel',
  'machine learning':
    'machine learning neural network deep model training train classifier classification prediction predict feature ' +
    'overfit overfitting epoch gradient loss accuracy precision recall random forest tree embedding transformer ' +
    'dataset label cluster hyperparameter inference',
  'data governance':
    'privacy quality lineage governance duplicate missing personal sensitive anonymize anonymise mask access consent ' +
    'catalog ownership gdpr see birthday address retention compliance owner policy inconsistent',
};
