"""What citizens see: find a unit, answer its questionnaire, be thanked; also without JavaScript, also offline."""
