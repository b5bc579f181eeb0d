"""Inviting citizens whose dossiers are done: the staff's page. What citizens open is `survey.web.citizen.invited`."""
