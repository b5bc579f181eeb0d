/** Entry on a phone: start screen, then one question a screen, then thanks. */
